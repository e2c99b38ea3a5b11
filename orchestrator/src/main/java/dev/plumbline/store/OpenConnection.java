package dev.plumbline.store;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Lends a transaction's own connection to db-scheduler, so that what is scheduled becomes durable with the rest and
 * vanishes with it too. On SQLite a second connection would wait for this one until its timeout.
 */
final class OpenConnection implements DataSource {
    private static final Set<String> NOT_ITS_BUSINESS = Set.of("close", "commit", "rollback", "setAutoCommit");

    private final Connection lent;

    OpenConnection(Connection transaction) {
        this.lent = (Connection) Proxy.newProxyInstance(
                OpenConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (NOT_ITS_BUSINESS.contains(method.getName())) {
                        return null;
                    }
                    try {
                        return method.invoke(transaction, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause() == null ? failed : failed.getCause();
                    }
                });
    }

    @Override
    public Connection getConnection() {
        return lent;
    }

    @Override
    public Connection getConnection(String user, String password) {
        return lent;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        throw new UnsupportedOperationException("a lent connection has no log of its own");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("a lent connection is already open");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger("dev.plumbline.store");
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        throw new IllegalArgumentException("not a wrapper of " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
