package dev.plumbline.run;

import dev.plumbline.stack.StackId;
import dev.plumbline.store.Database;
import dev.plumbline.store.Subject;
import dev.plumbline.store.Transaction;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The table of what people asked to be done with states. */
final class StateOrders {
    private final Database database;

    StateOrders(Database database) {
        this.database = database;
    }

    Subject add(Transaction transaction, StateOrder order) {
        long id = transaction.next("state_order");
        transaction
                .handle()
                .createUpdate("""
                        INSERT INTO state_order (id, repository, folder, kind, words, forced, actor, artifact, at)
                        VALUES (:id, :repository, :folder, :kind, :words, :forced, :actor, :artifact, :at)
                        """)
                .bind("id", id)
                .bind("repository", order.stack().repository())
                .bind("folder", order.stack().folder())
                .bind("kind", order.kind().name())
                .bind("words", JsonMapper.shared().writeValueAsString(order.words()))
                .bind("forced", order.forced())
                .bind("actor", order.actor())
                .bind("artifact", order.artifact())
                .bind("at", transaction.now().toEpochMilli())
                .execute();
        return new Subject(StateOrder.SUBJECT, id);
    }

    Optional<StateOrder> find(Subject subject) {
        return database.read(handle -> handle.createQuery("SELECT * FROM state_order WHERE id = :id")
                .bind("id", subject.number())
                .map((row, context) -> new StateOrder(
                        new StackId(row.getString("repository"), row.getString("folder")),
                        StateOrder.Kind.valueOf(row.getString("kind")),
                        List.of(JsonMapper.shared().readValue(row.getString("words"), String[].class)),
                        row.getBoolean("forced"),
                        row.getString("actor"),
                        row.getString("artifact")))
                .findOne());
    }

    /** The newest order that changed a stack's state, or took it elsewhere; zero where none did. */
    long lastChange(StackId stack) {
        return database.read(handle -> handle.createQuery("""
                        SELECT COALESCE(MAX(o.id), 0) FROM state_order o
                          JOIN run ON run.subject = 'state/' || o.id AND run.state = 'applied'
                         WHERE o.repository = :repository AND o.folder = :folder AND o.kind <> 'READ'
                        """)
                .bind("repository", stack.repository())
                .bind("folder", stack.folder())
                .mapTo(Long.class)
                .one());
    }

    /** Whether any order was about that content. */
    boolean named(String artifact) {
        return database.read(handle -> handle.createQuery("SELECT COUNT(*) FROM state_order WHERE artifact = :artifact")
                        .bind("artifact", artifact)
                        .mapTo(Integer.class)
                        .one())
                > 0;
    }
}
