package dev.plumbline.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What a server has written down, read from its database, whether it lives or not. */
record Ledger(Path home) {

    /** The first column of all rows, as text. */
    List<String> all(String query) {
        try (Connection connection = open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(String.valueOf(rows.getString(1)));
            }
            return found;
        } catch (SQLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    long count(String rest) {
        return Long.parseLong(all("SELECT COUNT(*) FROM " + rest).get(0));
    }

    void write(String statement) {
        try (Connection connection = open();
                Statement open = connection.createStatement()) {
            open.executeUpdate(statement);
        } catch (SQLException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("plumbline.db") + "?busy_timeout=10000");
    }

    /** {@code folder state} of each stack's newest intent. */
    List<String> intents() {
        return all("""
                SELECT folder || ' ' || state FROM intent WHERE id IN (SELECT MAX(id) FROM intent GROUP BY folder)
                 ORDER BY folder
                """);
    }

    /** {@code state} of each run of a phase for a stack, oldest first. */
    List<String> runs(String phase, String folder) {
        return all("SELECT state FROM run WHERE phase = '" + phase + "' AND folder = '" + folder + "' ORDER BY number");
    }
}
