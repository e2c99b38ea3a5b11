package dev.plumbline.forge.hook;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** {@code POST /webhooks/NAME}: deliveries of the forge of that name in server.yaml. */
public final class HookServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** GitHub's limit; the others send less. */
    static final int LARGEST = 25 << 20;

    private final transient HookDoor door;

    public HookServlet(HookDoor door) {
        this.door = door;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(answer(request).status());
    }

    private HookAnswer answer(HttpServletRequest request) throws IOException {
        String forge = Optional.ofNullable(request.getPathInfo()).orElse("/").substring(1);
        if (request.getContentLengthLong() > LARGEST) {
            return door.refuseLarge(forge);
        }
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            return door.refuseLarge(forge);
        }
        return door.receive(forge, name -> Optional.ofNullable(request.getHeader(name)), body);
    }
}
