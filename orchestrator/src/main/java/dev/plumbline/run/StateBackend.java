package dev.plumbline.run;

import dev.plumbline.config.ServerConfig.EnvironmentRule;
import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.Initialisation;
import dev.plumbline.terraform.JsonOutcome;
import dev.plumbline.terraform.StateCommand;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.event.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The state of a stack with a backend of its own, reached by Terraform in a workspace with the stack's code. */
final class StateBackend {
    private final Programs programs;
    private final Checkout checkout;
    private final StackInputs inputs;
    private final Catalogs catalogs;

    StateBackend(Programs programs, Checkout checkout, StackInputs inputs, Catalogs catalogs) {
        this.programs = programs;
        this.checkout = checkout;
        this.inputs = inputs;
        this.catalogs = catalogs;
    }

    /** A backend that can be read and written. */
    static final class Open {
        private final TerraformCli terraform;
        private final Workspace workspace;
        private final Map<String, String> environment;

        private Open(TerraformCli terraform, Workspace workspace, Map<String, String> environment) {
            this.terraform = terraform;
            this.workspace = workspace;
            this.environment = environment;
        }

        /** The state as it is now; empty where there is none. */
        Attempt<byte[]> pull() {
            return run(new StateCommand.Pull());
        }

        /** Gives what Terraform printed. */
        Attempt<byte[]> push(byte[] content, boolean force) {
            Path file = workspace.folder().resolve("pushed.tfstate");
            RunFolder.writePrivate(file, content);
            try {
                return run(new StateCommand.Push(file, force));
            } finally {
                RunFolder.delete(file);
            }
        }

        private Attempt<byte[]> run(StateCommand command) {
            JsonOutcome outcome = terraform.state(workspace, command, environment);
            if (outcome instanceof JsonOutcome.Read read) {
                return Attempt.worked(read.json());
            }
            return Attempt.refused(said(((JsonOutcome.Failed) outcome).diagnostic()));
        }
    }

    /**
     * Lays the code out and initialises it; with what plans are given where the state is only read.
     *
     * @param code that says where the state is
     */
    Attempt<Open> open(StateTask task, StackCode code) {
        Stack stack = code.stack();
        task.log().conceal(inputs.secrets(stack));
        List<String> obstacles =
                catalogs.of(stack.id().repository(), code.tree()).obstacles(stack.id());
        if (!obstacles.isEmpty()) {
            return Attempt.refused(String.join("\n", obstacles));
        }
        return programs.atHand(Optional.of(stack)).then(terraform -> open(task, code, terraform));
    }

    private Attempt<Open> open(StateTask task, StackCode code, TerraformCli terraform) {
        RunLog log = task.log();
        Stack stack = code.stack();
        log.conceal(terraform.secrets());
        Checkout.Result result =
                checkout.lay(task.run(), stack, catalogs.tree(stack.id().repository(), code.tree()));
        if (result instanceof Checkout.Refused refused) {
            return Attempt.refused(refused.reason());
        }
        Workspace workspace = ((Checkout.Laid) result).workspace();
        Map<String, String> environment = inputs.environment(
                stack,
                task.order().kind() == StateOrder.Kind.READ ? EnvironmentRule.Phase.PLAN : EnvironmentRule.Phase.APPLY);
        Initialisation initialisation = terraform.initialise(
                workspace, Checkout.needs(stack), environment, event -> log.write(event.message()), task.cancel());
        if (initialisation instanceof Initialisation.Failed failed) {
            return Attempt.refused(
                    failed.diagnostics().stream().map(Diagnostic::toString).collect(Collectors.joining("\n\n")));
        }
        if (!(initialisation instanceof Initialisation.Initialised)) {
            return Attempt.refused("terraform init did not end; is the backend, a registry or a module's source down?");
        }
        return Attempt.worked(new Open(terraform, workspace, environment));
    }

    /** What Terraform printed for people, without the frame that it draws around errors, and with what to do about a lock. */
    static String said(Diagnostic diagnostic) {
        String plain = diagnostic
                .toString()
                .lines()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "").replaceFirst("^[╷│╵] ?", ""))
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
        return StateLock.explained(plain);
    }
}
