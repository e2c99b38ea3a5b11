package dev.plumbline.forge.hook;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How one kind of forge signs and names what it sends. */
interface HookDialect {

    /** Whether whoever sent it knows the secret. Takes as long for a wrong signature as for a right one. */
    boolean genuine(HookHeaders headers, byte[] body, String secret);

    /** What names this delivery among all; the same when it is sent again. */
    Optional<String> delivery(HookHeaders headers);

    /** Whether what happened can change what is planned, applied or asked. */
    boolean ofInterest(HookHeaders headers);

    /** What was said on a pull request, or said anew; empty where something else happened. */
    Optional<String> said(JsonNode body);

    /** Where it happened, for example {@code team/infra}; empty where the body doesn't say. */
    Optional<String> repository(JsonNode body);
}
