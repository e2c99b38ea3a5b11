package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that begin a request and take their time over the rest keep nobody else waiting. */
class SlowClientsTest {
    private static final AccessToken TOKEN = new AccessToken("the-right-token-0123456789");
    private static final int MORE_THAN_THERE_ARE_THREADS = 300;

    private final List<Socket> slow = new ArrayList<>();
    private final InMemoryOperations operations = new InMemoryOperations();
    private final WebServer server =
            operations.server(WebSettings.onLoopback(0), TOKEN, () -> true, Map.of("/git/*", new ReadingServlet()));

    /** Reads what it is sent to its end, as a push is. */
    private static final class ReadingServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getInputStream().readAllBytes().length + " bytes");
        }
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : slow) {
            each.close();
        }
        server.close();
    }

    @Test
    void who_sends_bodies_slowly_does_not_keep_others_from_reading() throws IOException {
        begin("POST /api/v1/approve", "{");

        assertThat(status()).isEqualTo(200);
    }

    @Test
    void who_pushes_slowly_does_not_keep_others_from_reading_and_acting() throws IOException {
        begin("POST /git/main.git/git-receive-pack", "0");

        assertThat(status()).isEqualTo(200);
        String ask = "{\"names\": [\"app\"]}";
        assertThat(RawHttp.send(server.port(), "POST", "/api/v1/approve", headers(), ask)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void who_sends_headers_slowly_keeps_nobody() throws IOException {
        begin("POST /api/v1/approve HTTP/1.1\r\nHost: 127.", "");

        assertThat(status()).isEqualTo(200);
    }

    private void begin(String line, String body) throws IOException {
        String request =
                line + " HTTP/1.1\r\n" + String.join("\r\n", headers()) + "\r\nContent-Length: 10000\r\n\r\n" + body;
        for (int i = 0; i < MORE_THAN_THERE_ARE_THREADS; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            slow.add(socket);
            String sent = body.isEmpty() ? line : request;
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.UTF_8));
        }
    }

    private int status() throws IOException {
        return RawHttp.send(server.port(), "GET", "/api/v1/status", headers(), "")
                .status();
    }

    private List<String> headers() {
        return List.of("Host: 127.0.0.1:" + server.port(), "Authorization: Bearer " + TOKEN.value());
    }
}
