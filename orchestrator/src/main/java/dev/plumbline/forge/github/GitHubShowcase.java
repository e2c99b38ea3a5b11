package dev.plumbline.forge.github;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Deployment;
import dev.plumbline.forge.Diagnosis;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What GitHub has a place of its own for: check runs with annotations, and deployments. */
final class GitHubShowcase {
    /** GitHub takes no more annotations at once. */
    private static final int AT_ONCE = 50;

    private static final int LONGEST_SUMMARY = 60_000;
    private static final int LONGEST_MESSAGE = 16_000;
    private static final int LONGEST_TITLE = 255;
    private static final int LONGEST_DESCRIPTION = 140;
    /** Tells our deployments from those of others to the same environment. */
    private static final String TASK = "plumbline";

    private final Access access;

    GitHubShowcase(Access access) {
        this.access = access;
    }

    /** Each diagnosis is a check run of its own: of several of one name at one commit GitHub shows the newest. */
    Answer<Boolean> diagnose(Remote remote, Diagnosis diagnosis) {
        ForgeApi api = access.api(remote);
        String runs = GitHubForge.at(remote) + "/check-runs";
        Map<String, Object> first = Map.of(
                "name",
                Diagnosis.NAME,
                "head_sha",
                diagnosis.commit().hex(),
                "status",
                "completed",
                "conclusion",
                diagnosis.fine() ? "success" : "failure",
                "output",
                output(diagnosis, 0));
        Answer<JsonNode> made = api.post(runs, first);
        for (int from = AT_ONCE; from < diagnosis.remarks().size(); from += AT_ONCE) {
            Map<String, Object> more = Map.of("output", output(diagnosis, from));
            made = made.then(run -> api.patch(runs + "/" + run.path("id").asLong(), more)
                    .then(changed -> new Answer.Given<>(changed.orElse(run))));
        }
        return made.then(run -> new Answer.Given<>(true));
    }

    private static Map<String, Object> output(Diagnosis diagnosis, int from) {
        List<Map<String, Object>> annotations = diagnosis.remarks().stream()
                .skip(from)
                .limit(AT_ONCE)
                .map(GitHubShowcase::annotation)
                .toList();
        return Map.of(
                "title", cut(diagnosis.title(), LONGEST_TITLE),
                "summary", cut(diagnosis.summary(), LONGEST_SUMMARY),
                "annotations", annotations);
    }

    private static Map<String, Object> annotation(Diagnosis.Remark remark) {
        return Map.of(
                "path", remark.path(),
                "start_line", remark.line(),
                "end_line", remark.line(),
                "annotation_level", remark.error() ? "failure" : "warning",
                "title", cut(remark.title(), LONGEST_TITLE),
                "message", cut(remark.message(), LONGEST_MESSAGE));
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }

    /** One deployment a commit and stack, however often it is tried. */
    Answer<Boolean> deploy(Remote remote, Deployment deployment) {
        ForgeApi api = access.api(remote);
        String at = GitHubForge.at(remote) + "/deployments";
        String ours = "?sha=" + deployment.commit().hex() + "&task=" + TASK + "&environment="
                + Encoded.name(deployment.environment());
        return api.get(at + ours)
                .then(known -> known.isEmpty() ? api.post(at, begun(deployment)) : new Answer.Given<>(known.path(0)))
                .then(one -> api.post(at + "/" + one.path("id").asLong() + "/statuses", ended(deployment)))
                .then(status -> new Answer.Given<>(true));
    }

    private static Map<String, Object> begun(Deployment deployment) {
        return Map.of(
                "ref",
                deployment.commit().hex(),
                "task",
                TASK,
                "environment",
                deployment.environment(),
                "description",
                "Applied by Plumbline",
                // It is applied already, whatever other statuses say.
                "auto_merge",
                false,
                "required_contexts",
                List.of());
    }

    private static Map<String, Object> ended(Deployment deployment) {
        Map<String, Object> body = new HashMap<>();
        body.put("state", deployment.applied() ? "success" : "failure");
        body.put("description", cut(deployment.description(), LONGEST_DESCRIPTION));
        if (!deployment.url().isEmpty()) {
            body.put("log_url", deployment.url());
        }
        return body;
    }
}
