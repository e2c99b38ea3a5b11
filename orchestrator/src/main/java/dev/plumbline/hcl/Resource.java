package dev.plumbline.hcl;

import dev.plumbline.hcl.syntax.Position;

/** A {@code resource}, {@code data} or {@code ephemeral} block. */
public record Resource(Mode mode, String type, String name, Position position) {

    /** What Terraform does with it. */
    public enum Mode {
        /** Creates, changes and destroys it. */
        MANAGED,
        /** Only reads it. */
        DATA,
        /** Opens it for the time of a run and keeps nothing of it. */
        EPHEMERAL
    }

    /** As Terraform writes it within its module: {@code aws_vpc.main}, {@code data.aws_ami.latest}. */
    public String address() {
        return switch (mode) {
            case MANAGED -> type + "." + name;
            case DATA -> "data." + type + "." + name;
            case EPHEMERAL -> "ephemeral." + type + "." + name;
        };
    }
}
