package dev.plumbline.app.demo;

import dev.plumbline.config.ServerConfig;
import dev.plumbline.stack.StackId;
import java.net.URI;
import java.util.Optional;

/** A running server, as far as the demo needs more of it than its users do. */
public interface DemoServer extends AutoCloseable {

    /** Where it answers. */
    URI url();

    /** The address to push a repository to, with the token in it. */
    String remote(String repository);

    /** The state file that it keeps of a stack; empty where it keeps none. */
    Optional<byte[]> managedState(StackId stack);

    @Override
    void close();

    /** How a server is started. */
    @FunctionalInterface
    interface Starter {
        /** A server that is ready when this returns. */
        DemoServer start(ServerConfig config) throws InterruptedException;
    }
}
