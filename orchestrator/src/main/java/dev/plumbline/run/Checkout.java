package dev.plumbline.run;

import dev.plumbline.git.Export;
import dev.plumbline.git.SourceTree;
import dev.plumbline.git.TreeExport;
import dev.plumbline.hcl.Backend;
import dev.plumbline.stack.Closure;
import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.InitialisationNeeds;
import dev.plumbline.terraform.UntrustedCode;
import dev.plumbline.terraform.Workspace;
import dev.plumbline.terraform.WorkspaceFolders;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Fills a stack's workspace with its closure and its managed state, and with nothing else. */
final class Checkout {
    private static final Pattern CODE =
            Pattern.compile("\\.(tf|tofu|tf\\.json|tofu\\.json|tfvars|tfvars\\.json|lock\\.hcl)$");

    private final WorkspaceFolders workspaces;
    private final StateVault states;
    private final StateMarks marks;

    Checkout(WorkspaceFolders workspaces, StateVault states, StateMarks marks) {
        this.workspaces = workspaces;
        this.states = states;
        this.marks = marks;
    }

    /** What came of it. */
    sealed interface Result {}

    /**
     * The workspace is ready.
     *
     * @param stateVersion as {@link StateMarks} tells it: of the managed state that was laid, or of the one in a backend
     * @param state that state
     * @param notes what was left out, each a sentence
     */
    record Laid(Workspace workspace, long stateVersion, Optional<byte[]> state, List<String> notes) implements Result {}

    /** The code may not be run. */
    record Refused(String reason) implements Result {}

    Workspace workspaceOf(Run run) {
        return workspaces.of(
                run.stack().repository(), run.stack().folder(), run.stack().path());
    }

    Result lay(Run run, Stack stack, SourceTree tree) {
        Workspace workspace = workspaceOf(run);
        workspace.clear();
        workspace.name(stack.config().workspace());
        Export export = TreeExport.export(tree, stack.closure().entries(), workspace.root());
        if (export instanceof Export.Refused refused) {
            return new Refused(refused.path() + ": " + refused.why());
        }
        Optional<UntrustedCode.Refusal> refusal = new UntrustedCode().inspect(workspace.root());
        if (refusal.isPresent()) {
            return new Refused(refusal.get().toString());
        }
        List<Export.Skipped> skipped = ((Export.Done) export).skipped();
        Optional<Export.Skipped> needed =
                skipped.stream().filter(file -> needs(stack, file.path())).findFirst();
        if (needed.isPresent()) {
            return new Refused(needed.get().path() + ": " + needed.get().why());
        }
        List<String> notes = new ArrayList<>();
        skipped.forEach(file -> notes.add(file.path() + " is left out: " + file.why()));
        stack.missingFiles().forEach(path -> notes.add("the code reads " + path + ", which the commit does not have"));
        if (!stack.managedState()) {
            return new Laid(workspace, marks.of(stack, run.stateOf()), Optional.empty(), notes);
        }
        return committedState(run, stack, workspace).orElseGet(() -> layState(run, workspace, notes));
    }

    /** Never taken for the stack's own: it may be years old, and what it doesn't name would be made a second time. */
    private Optional<Result> committedState(Run run, Stack stack, Workspace workspace) {
        boolean committed = Files.exists(workspace.stateFile(), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(workspace.stackFolder().resolve("terraform.tfstate"), LinkOption.NOFOLLOW_LINKS);
        return committed && states.current(run.stateOf()).isEmpty()
                ? Optional.of(new Refused(stack.id().folder()
                        + "/terraform.tfstate: a committed state is not used; bring it in with plumbline state push "
                        + stack.id().typed() + " FILE, and remove it from the repository"))
                : Optional.empty();
    }

    /** Without code that is left out, Terraform would plan to destroy what it describes; without values, to change it. */
    private static boolean needs(Stack stack, String path) {
        return CODE.matcher(path).find()
                || stack.readFiles().contains(path)
                || stack.closure().parts().stream()
                        .anyMatch(part -> part.via() == Closure.Via.VAR_FILE
                                && part.entry().path().equals(path));
    }

    private Laid layState(Run run, Workspace workspace, List<String> notes) {
        Optional<StateVersion> version = states.current(run.stateOf());
        if (version.isEmpty()) {
            return new Laid(workspace, 0, Optional.empty(), notes);
        }
        byte[] state = states.read(version.get());
        workspace.makeStateFolder();
        RunFolder.writePrivate(workspace.stateFile(), state);
        return new Laid(workspace, version.get().version(), Optional.of(state), notes);
    }

    /** What {@code init} depends on: once any of these texts changes, it runs again. */
    static InitialisationNeeds needs(Stack stack) {
        if (!stack.init().any()) {
            return InitialisationNeeds.none();
        }
        List<String> providers = stack.code().requiredProviders().values().stream()
                .filter(provider -> !provider.isBuiltIn())
                .map(provider -> provider.source() + " " + provider.version().orElse(""))
                .toList();
        List<String> modules = new ArrayList<>();
        stack.code()
                .moduleCalls()
                .forEach(call -> modules.add(
                        call.name() + " " + call.source() + " " + call.version().orElse("")));
        stack.closure().parts().stream()
                .filter(part -> part.via() == Closure.Via.MODULE)
                .filter(part -> part.entry().name().contains(".t"))
                .forEach(part ->
                        modules.add(part.entry().path() + " " + part.entry().objectId()));
        return new InitialisationNeeds(
                providers,
                modules,
                stack.code().backend().map(Backend::stableText).orElse(""));
    }
}
