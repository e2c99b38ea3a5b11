package dev.plumbline;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpServer;
import dev.plumbline.git.GitClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A private Terraform module in a real Git repository, served over HTTP to whoever knows the password. */
public final class ServedModule implements AutoCloseable {
    public static final String LOGIN = "plumbline";
    public static final String PASSWORD = "opens-the-modules";
    /** What its output {@code said} is. */
    public static final String SAID = "from the private module";

    private final HttpServer server;

    private ServedModule(HttpServer server) {
        this.server = server;
    }

    /** The module as a bare repository in that folder, not served. */
    public static Path made(Path folder) {
        GitClient git = GitClient.init(folder.resolve("module"));
        git.write("main.tf", "output \"said\" { value = \"" + SAID + "\" }\n");
        git.commit("A module");
        Path bare = folder.resolve("module.git");
        git.run("clone", "-q", "--bare", ".", bare.toString());
        new GitClient(bare).run("update-server-info");
        return bare;
    }

    /** Serves the module that was made in that folder. */
    public static ServedModule serving(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
                    Path file =
                            folder.resolve(exchange.getRequestURI().getPath().substring(1));
                    boolean there = Files.isRegularFile(file);
                    exchange.sendResponseHeaders(there ? 200 : 404, there ? Files.size(file) : -1);
                    if (there) {
                        Files.copy(file, exchange.getResponseBody());
                    }
                    exchange.close();
                })
                .setAuthenticator(new BasicAuthenticator("modules") {
                    @Override
                    public boolean checkCredentials(String name, String password) {
                        return name.equals(LOGIN) && password.equals(PASSWORD);
                    }
                });
        server.start();
        return new ServedModule(server);
    }

    /** What a module call names as its source. */
    public String source() {
        return "git::http://127.0.0.1:" + server.getAddress().getPort() + "/module.git";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
