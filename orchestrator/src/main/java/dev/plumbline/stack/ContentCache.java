package dev.plumbline.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Results that depend on nothing but their key; the ones longest unused go first. Safe for threads; two that miss at once
 * both compute, and the first result stays.
 */
public final class ContentCache<K, V> {
    private final Map<K, V> entries;

    /** @param bound how many results are kept at most */
    public ContentCache(int bound) {
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > bound;
            }
        };
    }

    /** What was computed for the key, now or before. */
    public V get(K key, Supplier<V> compute) {
        synchronized (entries) {
            V known = entries.get(key);
            if (known != null) {
                return known;
            }
        }
        V computed = compute.get();
        synchronized (entries) {
            V known = entries.putIfAbsent(key, computed);
            return known == null ? computed : known;
        }
    }
}
