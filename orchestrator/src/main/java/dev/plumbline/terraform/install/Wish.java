package dev.plumbline.terraform.install;

import dev.plumbline.hcl.RequiredVersion;
import dev.plumbline.terraform.TerraformBinary;
import dev.plumbline.terraform.WantedVersion;
import java.util.List;
import java.util.Optional;

/**
 * What a stack asks of the program that runs it.
 *
 * @param wanted by its configuration; empty where that names none
 * @param required by its code
 * @param folder of that code, as a path of the tree
 */
public record Wish(Optional<WantedVersion> wanted, List<RequiredVersion> required, String folder) {

    public Wish {
        required = List.copyOf(required);
    }

    /** @param terraform as a configuration names it: {@code 1.10.5}, {@code tofu:~> 1.10} */
    public static Wish of(Optional<String> terraform, List<RequiredVersion> required, String folder) {
        return new Wish(terraform.map(WantedVersion::named), required, folder);
    }

    /** Why a program is not what the code requires, and what to do; empty where it is. */
    Optional<String> refusal(TerraformBinary binary) {
        return required.stream()
                .filter(one -> one.constraint()
                        .filter(accepted -> !accepted.accepts(binary.version().toString()))
                        .isPresent())
                .findFirst()
                .map(one -> sentence(one, binary));
    }

    private String sentence(RequiredVersion one, TerraformBinary binary) {
        String found = binary.product().title() + " " + binary.version();
        String whose = wanted.map(choice -> "'terraform: " + choice.name() + "' means " + found)
                .orElse("nothing names another version than the server's own, " + found);
        return (folder.isEmpty() ? "" : folder + "/") + one.position().file() + ":"
                + one.position().line() + ": required_version is \"" + one.text()
                + "\", but "
                + whose + ". Name one that fits in stack.yaml or plumbline.yaml (terraform: \""
                + (binary.product() == TerraformBinary.Product.TOFU ? "tofu:" : "")
                + one.text().strip()
                + "\"), or correct required_version";
    }
}
