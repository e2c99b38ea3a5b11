package dev.plumbline.config;

/**
 * A pattern over resources' types and addresses, in which {@code *} stands for any characters and everything else for itself: unlike a
 * path's, an address's parts may hold slashes and brackets.
 *
 * @param text as it was written
 */
public record ResourcePattern(String text) {

    /** Fits every resource. */
    public static final ResourcePattern ANY = new ResourcePattern("*");

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException where it is empty, or has a space at an end
     */
    public static ResourcePattern parse(String text) {
        if (text.isBlank() || !text.equals(text.strip())) {
            throw new IllegalArgumentException("'" + text + "' fits nothing");
        }
        return new ResourcePattern(text);
    }

    /** Whether the whole text fits; in time that grows with the product of both lengths at most. */
    public boolean matches(String address) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resumed = 0;
        while (at < address.length()) {
            if (in < text.length() && text.charAt(in) == '*') {
                star = in++;
                resumed = at;
            } else if (in < text.length() && text.charAt(in) == address.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resumed;
            } else {
                return false;
            }
        }
        while (in < text.length() && text.charAt(in) == '*') {
            in++;
        }
        return in == text.length();
    }

    @Override
    public String toString() {
        return text;
    }
}
