package dev.plumbline.forge.http;

import dev.plumbline.forge.Answer;

/** The token that stands in server.yaml. */
record FixedAuthorization(Key only) implements Authorization {
    @Override
    public Answer<Key> key() {
        return new Answer.Given<>(only);
    }

    @Override
    public boolean renews(Key refused) {
        return false;
    }

    @Override
    public String setting() {
        return "token";
    }
}
