package dev.plumbline.forge.inspect;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.Trouble;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Asks a forge what it lets us do, by its own API, and looks after the webhook of a repository there. */
public interface Inspection {

    /** Who we are there and whether we may do what Plumbline does in a repository. Writes nothing. */
    Rights rights(Remote remote);

    /** The webhook that sends to an address; empty where there is none. */
    Answer<Optional<Hook>> hook(Remote remote, URI target);

    /** Makes one that sends what Plumbline needs, signed with the secret of server.yaml. */
    Answer<Hook> create(Remote remote, URI target);

    /** Puts one right: on, for all events, and signed with the secret of server.yaml. It may be another one afterwards. */
    Answer<Hook> repair(Remote remote, Hook hook, URI target);

    /**
     * Lets the forge send something through a webhook, now; gives what its own record says of that.
     *
     * @param pause lets a moment pass before the record is looked at again
     */
    Answer<Sent> test(Remote remote, Hook hook, Runnable pause);

    /** What of the forge's own settings can keep deliveries from an address, and where it says what became of them. */
    String obstacle(URI target);

    /**
     * What came of asking.
     *
     * @param seen whether the repository was seen at all; else there is nothing more to ask
     */
    record Rights(List<Finding> findings, boolean seen) {
        public Rights {
            findings = List.copyOf(findings);
        }

        /**
         * Where a forge doesn't say who we are.
         *
         * @param credentials what it refuses where it is one of its kind
         */
        public static Rights unknown(String credentials, Trouble trouble) {
            boolean refused = trouble.kind() == Trouble.Kind.CREDENTIALS || trouble.kind() == Trouble.Kind.LIMITED;
            return new Rights(List.of(Finding.missing(refused ? credentials : "address", trouble)), false);
        }
    }

    /**
     * A webhook that is there.
     *
     * @param id the forge's own
     * @param flaws what is not as it must be, each as it follows "it"; the secret is not among it, for no forge shows it
     */
    record Hook(long id, List<String> flaws) {
        public Hook {
            flaws = List.copyOf(flaws);
        }
    }

    /** What a forge says of something that it was to send. */
    sealed interface Sent {
        /** It will, and keeps no record that can be read. */
        record Promised() implements Sent {}

        /** It did, and this is the status that came back. */
        record Answered(int status) implements Sent {}

        /**
         * It did not get through.
         *
         * @param words what the forge says of it
         */
        record Undelivered(String words) implements Sent {}

        /**
         * It will not, as things are.
         *
         * @param words why, and what to do
         */
        record Impossible(String words) implements Sent {}
    }
}
