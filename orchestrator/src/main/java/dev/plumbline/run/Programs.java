package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.install.Terraforms;
import dev.plumbline.terraform.install.Wish;

/** Which Terraform or OpenTofu runs a stack. */
public final class Programs {
    private final Terraforms terraforms;

    Programs(Terraforms terraforms) {
        this.terraforms = terraforms;
    }

    /** The program of a stack; downloaded where it is not here. */
    Terraforms.Choice of(Stack stack) throws InterruptedException {
        return terraforms.choose(wish(stack));
    }

    /** The name of the stack's program, for {@link Basis}; never downloads. */
    public String nameFor(Stack stack) {
        return terraforms.nameFor(wish(stack));
    }

    /** The program with that name, as a plan's {@link Basis} holds it; else the standard one. */
    TerraformCli named(String name) {
        return terraforms.named(name).orElse(terraforms.standard());
    }

    private static Wish wish(Stack stack) {
        return Wish.of(
                stack.config().terraform().map(Object::toString),
                stack.code().requiredVersions(),
                stack.id().path());
    }
}
