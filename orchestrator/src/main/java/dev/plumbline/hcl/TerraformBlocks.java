package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Block;
import dev.plumbline.hcl.syntax.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the {@code terraform} blocks of a folder say, providers apart. */
final class TerraformBlocks {
    private final List<RequiredVersion> requiredVersions = new ArrayList<>();
    private Optional<Backend> backend = Optional.empty();
    private boolean fileHasVersion;

    void beginFile() {
        fileHasVersion = false;
    }

    /** An override file's versions replace those before it, they don't add to them; so does its backend. */
    void collect(Block block, boolean override) {
        Optional<Expression> version = block.body().value("required_version");
        if (version.isPresent()) {
            if (override && !fileHasVersion) {
                requiredVersions.clear();
            }
            fileHasVersion = true;
            Expression value = version.get();
            requiredVersions.add(new RequiredVersion(CodeCollector.written(value), value.position()));
        }
        block.body().blocks("backend").filter(b -> !b.labels().isEmpty()).forEach(b -> {
            backend = Optional.of(new Backend(b.labels().get(0), Settings.of(b), b.position()));
        });
        block.body().blocks("cloud").forEach(cloud -> {
            backend = Optional.of(new Backend("cloud", Settings.of(cloud), cloud.position()));
        });
    }

    Optional<Backend> backend() {
        return backend;
    }

    List<RequiredVersion> requiredVersions() {
        return List.copyOf(requiredVersions);
    }
}
