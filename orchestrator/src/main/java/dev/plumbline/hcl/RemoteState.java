package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;
import java.util.Optional;

/**
 * A {@code data "terraform_remote_state"}: an edge to the stack that keeps its state there.
 *
 * @param backendKind and {@code workspace} where they are literals
 */
public record RemoteState(
        String name, Optional<String> backendKind, Settings config, Optional<String> workspace, Position position) {}
