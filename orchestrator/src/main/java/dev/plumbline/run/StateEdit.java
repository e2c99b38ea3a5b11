package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.JsonOutcome;
import dev.plumbline.terraform.StateCommand;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.WorkspaceFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/**
 * Changes addresses in a state by Terraform itself, in a workspace that holds the state and no code: such commands look at
 * nothing else.
 */
final class StateEdit {
    private final Programs programs;
    private final WorkspaceFolders workspaces;

    StateEdit(Programs programs, WorkspaceFolders workspaces) {
        this.programs = programs;
        this.workspaces = workspaces;
    }

    /**
     * The state afterwards, its serial higher.
     *
     * @param stack whose program does it; empty for the server's own
     */
    Attempt<byte[]> edit(StateTask task, Optional<Stack> stack, byte[] state) {
        return programs.atHand(stack).then(terraform -> edit(terraform, task.run(), state, task.command()));
    }

    private Attempt<byte[]> edit(TerraformCli terraform, Run run, byte[] state, StateCommand command) {
        Workspace workspace = workspaces.of(
                run.stack().repository(), "the state alone of " + run.stack().folder(), "");
        workspace.clear();
        try {
            RunFolder.writePrivate(workspace.stateFile(), state);
            JsonOutcome outcome = terraform.state(workspace, command, Map.of());
            if (outcome instanceof JsonOutcome.Failed failed) {
                return Attempt.refused(StateBackend.said(failed.diagnostic()));
            }
            return Attempt.worked(Files.readAllBytes(workspace.stateFile()));
        } catch (IOException cause) {
            throw new UncheckedIOException("can't read " + workspace.stateFile(), cause);
        } finally {
            workspace.clear();
        }
    }
}
