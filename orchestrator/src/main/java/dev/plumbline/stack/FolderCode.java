package dev.plumbline.stack;

import dev.plumbline.config.ConfigProblem;
import dev.plumbline.hcl.ModuleCall;
import dev.plumbline.hcl.TerraformCode;
import dev.plumbline.hcl.syntax.Position;
import java.util.List;

/**
 * What the Terraform files of one folder say; depends on nothing but their names and content.
 *
 * @param lines by which a moved folder is recognised
 */
record FolderCode(TerraformCode code, LineSet lines) {

    List<ModuleCall> localModules() {
        return code.localModuleCalls();
    }

    boolean downloadsProviders() {
        return !code.needsNoProviderDownload();
    }

    /** A problem at a place in the code, its file named from the root of the repository. */
    static ConfigProblem problem(String folder, Position at, String message) {
        return new ConfigProblem(Paths.join(folder, at.file()), at.line(), at.column(), message);
    }
}
