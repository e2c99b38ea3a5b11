package dev.plumbline.app.demo;

/** One step of the story. */
interface Chapter {
    /** What it is about, in a few words; also names the step that failed. */
    String title();

    /**
     * Plays it.
     *
     * @throws StepFailed where something didn't do what the chapter says of it
     */
    void play(Stage stage);
}
