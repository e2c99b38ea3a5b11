package dev.plumbline.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies of 64 MiB, really sent: refused early where nobody needs them, and taken where they belong. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeBodiesTest {
    private static final AccessToken TOKEN = new AccessToken("the-right-token-0123456789");
    private static final int PIECE = 1 << 16;
    private static final int PIECES = 1024;
    /** What the sockets of both ends hold, besides the little that is read. */
    private static final long EARLY = 24L << 20;

    private final InMemoryOperations operations = new InMemoryOperations();
    private final WebServer server =
            operations.server(WebSettings.onLoopback(0), TOKEN, () -> true, Map.of("/git/*", new ReadingServlet()));

    /** Reads what it is sent to its end, as a push is. */
    private static final class ReadingServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getInputStream().transferTo(OutputStream.nullOutputStream()) + " bytes");
        }
    }

    /** @param sent so much of the body was taken off the client's hands */
    private record Answer(String text, long sent) {
        int status() {
            return Integer.parseInt(text.split(" ", 3)[1]);
        }
    }

    @BeforeAll
    void start() {
        server.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/login,           nobody, application/x-www-form-urlencoded, 413",
        "/login,           nobody, multipart/form-data; boundary=x,   415",
        "/login,           nobody, 'MultiPart/Form-Data; boundary=x', 415",
        "/login,           owner,  multipart/form-data; boundary=x,   415",
        "/act,             nobody, application/x-www-form-urlencoded, 401",
        "/act,             owner,  application/x-www-form-urlencoded, 413",
        "/act,             nobody, multipart/form-data; boundary=x,   415",
        "/act,             owner,  multipart/form-data; boundary=x,   415",
        "/api/v1/approve,  nobody, application/json,                  401",
        "/api/v1/approve,  owner,  application/json,                  413",
        "/api/v1/approve,  owner,  multipart/form-data; boundary=x,   415",
    })
    void what_nobody_needs_is_refused_before_most_of_it_was_sent(String path, String who, String type, int status)
            throws IOException {
        for (boolean chunked : List.of(true, false)) {
            Answer answer = send(path, who.equals("owner"), type, chunked, PIECES);

            assertThat(answer.status()).as(answer.text()).isEqualTo(status);
            assertThat(answer.text()).contains("\"error\"").contains("\"next\"");
            assertThat(answer.sent()).as("chunked: %s", chunked).isLessThan(EARLY);
        }
        assertThat(operations.asked).isEmpty();
    }

    @Test
    void a_push_and_a_state_may_be_large() throws IOException {
        for (boolean chunked : List.of(true, false)) {
            Answer push = send("/git/main.git/git-receive-pack", true, "application/x-git", chunked, PIECES);
            assertThat(push.text()).contains(" 200 ").contains(((long) PIECE * PIECES) + " bytes");

            Answer state = send("/api/v1/state/push?stack=a", true, "application/json", chunked, 100);
            assertThat(state.text()).contains(" 404 ").contains("There is no stack a.");
        }
    }

    @Test
    void a_form_of_a_usual_size_is_read() throws IOException {
        Answer answer = send("/login", false, "application/x-www-form-urlencoded", true, 0);

        assertThat(answer.status()).isEqualTo(401);
    }

    @Test
    void strangers_send_smaller_forms_than_those_who_are_known() throws IOException {
        for (boolean chunked : List.of(true, false)) {
            assertThat(send("/login", false, "application/x-www-form-urlencoded", chunked, 2)
                            .text())
                    .contains(" 413 ")
                    .contains("Send at most 65536 bytes.");
            assertThat(send("/act", true, "application/x-www-form-urlencoded", chunked, 2)
                            .text())
                    .as("read, and found to have no key")
                    .contains(" 403 ");
        }
    }

    /** Sends as a client does that looks for an answer while it sends. */
    private Answer send(String path, boolean owner, String type, boolean chunked, int pieces) throws IOException {
        byte[] first = "token=wrong&token=".getBytes(StandardCharsets.US_ASCII);
        byte[] piece = "a".repeat(PIECE).getBytes(StandardCharsets.US_ASCII);
        long length = (path.equals("/login") ? first.length : 0) + (long) PIECE * pieces;
        String head = "POST " + path + " HTTP/1.1\r\nConnection: close\r\nHost: 127.0.0.1:" + server.port() + "\r\n"
                + (owner ? "Authorization: Bearer " + TOKEN.value() + "\r\n" : "")
                + "Content-Type: " + type + "\r\n"
                + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length) + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            long sent = 0;
            try {
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                if (path.equals("/login")) {
                    write(out, first, chunked);
                }
                for (int number = 0; number < pieces && in.available() == 0; number++) {
                    write(out, piece, chunked);
                    sent += piece.length;
                }
                out.write((chunked && in.available() == 0 ? "0\r\n\r\n" : "").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                // The server has answered and hung up; what it said is still to be read.
                assertThat(sent).isLessThan(length);
            }
            return new Answer(read(in), sent);
        }
    }

    private static void write(OutputStream out, byte[] bytes, boolean chunked) throws IOException {
        out.write((chunked ? Integer.toHexString(bytes.length) + "\r\n" : "").getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.write((chunked ? "\r\n" : "").getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder all = new StringBuilder();
        byte[] some = new byte[8192];
        try {
            for (int got = in.read(some); got >= 0; got = in.read(some)) {
                all.append(new String(some, 0, got, StandardCharsets.UTF_8));
            }
        } catch (IOException reset) {
            // It hung up on a client that was still sending.
            assertThat(all).as("said before").isNotEmpty();
        }
        return all.toString();
    }
}
