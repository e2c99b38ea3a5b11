package dev.plumbline.app.demo;

/** Where everything stands, and why. */
final class Questions implements Chapter {
    @Override
    public String title() {
        return "Ask where everything stands, and why";
    }

    @Override
    public void play(Stage stage) {
        Ended status = stage.plumbline(0, "status");
        Ended why = stage.plumbline(0, "why", "worker");
        stage.say("");
        stage.check(
                "status names every stack, and why says in a sentence what became of worker",
                Stacks.ALL.stream().allMatch(status::says) && why.says("stacks/worker is applied") && why.says("#2"),
                () -> status.tail() + why.tail());
    }
}
