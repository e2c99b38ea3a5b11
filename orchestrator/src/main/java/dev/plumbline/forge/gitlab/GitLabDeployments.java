package dev.plumbline.forge.gitlab;

import dev.plumbline.forge.Answer;
import dev.plumbline.forge.Deployment;
import dev.plumbline.forge.Remote;
import dev.plumbline.forge.http.Encoded;
import dev.plumbline.forge.http.ForgeApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The pages that GitLab has for environments: one a stack, with its applies as deployments. */
final class GitLabDeployments {
    private static final int LONGEST = 255;

    private final ForgeApi api;
    private final KnownRefs refs;

    GitLabDeployments(ForgeApi api, KnownRefs refs) {
        this.api = api;
        this.refs = refs;
    }

    /** One deployment a commit and stack, however often it is tried. */
    Answer<Boolean> record(Remote remote, Deployment deployment) {
        String at = GitLabForge.at(remote) + "/deployments";
        String environment = environment(deployment.environment());
        String state = deployment.applied() ? "success" : "failed";
        return api.linked(at + "?order_by=id&sort=desc&environment=" + Encoded.name(environment), GitLabForge.PAGE)
                .then(all -> {
                    Optional<JsonNode> known = ours(all, deployment);
                    if (known.isEmpty()) {
                        return ref(remote, deployment)
                                .then(ref -> api.post(at, begun(deployment, environment, ref, state)));
                    }
                    // To where it is already it can't be moved.
                    return known.get().path("status").asString("").equals(state)
                            ? new Answer.Given<>(known.get())
                            : api.put(at + "/" + known.get().path("id").asLong(), Map.of("status", state));
                })
                .then(recorded -> new Answer.Given<>(true));
    }

    private static Optional<JsonNode> ours(List<JsonNode> all, Deployment deployment) {
        return all.stream()
                .filter(one ->
                        one.path("sha").asString("").equals(deployment.commit().hex()))
                .findFirst();
    }

    private static Map<String, Object> begun(Deployment deployment, String environment, String ref, String state) {
        return Map.of(
                "environment", environment,
                "sha", deployment.commit().hex(),
                "ref", ref,
                "tag", false,
                "status", state);
    }

    private Answer<String> ref(Remote remote, Deployment deployment) {
        return refs.of(remote, deployment.commit())
                .or(remote::branch)
                .<Answer<String>>map(Answer.Given::new)
                .orElseGet(() -> api.get(GitLabForge.at(remote))
                        .then(project -> new Answer.Given<>(
                                project.path("default_branch").asString("main"))));
    }

    /** An environment's name takes few other characters than a folder's. */
    private static String environment(String stack) {
        String name = stack.replaceAll("[^A-Za-z0-9_/${}. -]", "-");
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
