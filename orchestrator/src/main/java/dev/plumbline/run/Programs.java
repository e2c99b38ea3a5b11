package dev.plumbline.run;

import dev.plumbline.stack.Stack;
import dev.plumbline.terraform.TerraformCli;
import dev.plumbline.terraform.install.Terraforms;
import dev.plumbline.terraform.install.Wish;
import java.util.Optional;

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

    /** The program for work on a stack's state alone; the standard one without a stack. */
    Attempt<TerraformCli> atHand(Optional<Stack> stack) {
        if (stack.isEmpty()) {
            return Attempt.worked(terraforms.standard());
        }
        try {
            Terraforms.Choice choice = of(stack.get());
            return choice instanceof Terraforms.Refused refused
                    ? Attempt.refused(refused.reason())
                    : Attempt.worked(((Terraforms.Chosen) choice).cli());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Attempt.refused("the server stopped while it looked for the stack's Terraform");
        }
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
