package dev.plumbline.localgithub;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What hangs on a commit. */
sealed interface CommitNote {
    String commit();

    record Status(
            long id,
            String commit,
            Account by,
            String state,
            String context,
            String description,
            String url,
            Instant at)
            implements CommitNote {}

    /** @param said what was sent last, annotations apart */
    record CheckRun(long id, String commit, App app, ObjectNode said, List<JsonNode> annotations, Instant at)
            implements CommitNote {}

    record Deployment(long id, String commit, Account by, ObjectNode said, List<DeploymentStatus> statuses, Instant at)
            implements CommitNote {
        Deployment(long id, String commit, Account by, ObjectNode said, Instant at) {
            this(id, commit, by, said, new ArrayList<>(), at);
        }
    }

    record DeploymentStatus(long id, Account by, ObjectNode said, Instant at) {}
}
