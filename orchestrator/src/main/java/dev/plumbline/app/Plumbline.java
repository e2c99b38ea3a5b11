package dev.plumbline.app;

/** The program's entry point. */
public final class Plumbline {
    private Plumbline() {}

    public static void main(String[] arguments) {
        System.out.println("plumbline");
    }
}
