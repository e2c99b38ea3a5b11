package dev.plumbline.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends requests letter by letter, since every real client forbids to lie about Host. */
final class RawHttp {
    private static final int PATIENCE_MILLIS = 10_000;

    /** @param headers lower-case names, as {@code name: value} */
    record Answer(int status, List<String> headers, String body) {}

    private RawHttp() {}

    static Answer send(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = all.indexOf("\r\n\r\n");
            String[] head = all.substring(0, end).split("\r\n");
            return new Answer(
                    Integer.parseInt(head[0].split(" ")[1]),
                    List.of(head).subList(1, head.length),
                    all.substring(end + 4));
        }
    }

    static Answer send(int port, String method, String path, List<String> headers, String body) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            request.append("Content-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        return send(port, request + "\r\n" + body);
    }
}
