package dev.plumbline.web;

/** Which version of the program this is. */
public final class ProgramVersion {
    private ProgramVersion() {}

    /** As the jar's manifest has it; {@code development} for classes that were never packed. */
    public static String current() {
        String packed = ProgramVersion.class.getPackage().getImplementationVersion();
        return packed == null ? "development" : packed;
    }
}
