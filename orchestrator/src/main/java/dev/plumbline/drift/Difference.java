package dev.plumbline.drift;

/**
 * What one check found at one place.
 *
 * @param fingerprint a keyed digest of the place and of the values before and after
 * @param path empty where it is the whole object
 * @param sentence masked
 */
record Difference(String fingerprint, String address, String path, String sentence) {

    String line() {
        return address + (path.isEmpty() ? "" : " " + path) + ": " + sentence;
    }
}
