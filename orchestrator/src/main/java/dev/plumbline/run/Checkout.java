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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fills a stack's workspace with its closure and its managed state, and with nothing else. */
final class Checkout {
    private final WorkspaceFolders workspaces;
    private final StateVault states;

    Checkout(WorkspaceFolders workspaces, StateVault states) {
        this.workspaces = workspaces;
        this.states = states;
    }

    /** What came of it. */
    sealed interface Result {}

    /**
     * The workspace is ready.
     *
     * @param stateVersion the version of the managed state that was laid; zero for none
     * @param state that state
     * @param notes what was left out, each a sentence
     */
    record Laid(Workspace workspace, long stateVersion, Optional<byte[]> state, List<String> notes) implements Result {}

    /** The code may not be run. */
    record Refused(String reason) implements Result {}

    Workspace workspaceOf(Run run) {
        return workspaces.of(
                run.stack().repository(), run.stack().folder(), run.stack().folder());
    }

    Result lay(Run run, Stack stack, SourceTree tree) {
        Workspace workspace = workspaceOf(run);
        workspace.clear();
        Export export = TreeExport.export(tree, stack.closure().entries(), workspace.root());
        if (export instanceof Export.Refused refused) {
            return new Refused(refused.path() + ": " + refused.why());
        }
        Optional<UntrustedCode.Refusal> refusal = new UntrustedCode().inspect(workspace.root());
        if (refusal.isPresent()) {
            return new Refused(refusal.get().toString());
        }
        List<String> notes = new ArrayList<>();
        ((Export.Done) export)
                .skipped()
                .forEach(skipped -> notes.add(skipped.path() + " is left out: " + skipped.why()));
        stack.missingFiles().forEach(path -> notes.add("the code reads " + path + ", which the commit does not have"));
        if (!stack.managedState()) {
            return new Laid(workspace, 0, Optional.empty(), notes);
        }
        return layState(run, workspace, notes);
    }

    private Laid layState(Run run, Workspace workspace, List<String> notes) {
        Optional<StateVersion> version = states.current(run.stateOf());
        if (version.isEmpty()) {
            return new Laid(workspace, 0, Optional.empty(), notes);
        }
        byte[] state = states.read(version.get());
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
