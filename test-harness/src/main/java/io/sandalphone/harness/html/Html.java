package io.sandalphone.harness.html;

/// Writes HTML piece by piece. Whatever is not markup goes through [#text] or a quoted attribute, so
/// that what people said cannot become markup.
public final class Html {
    private final StringBuilder out = new StringBuilder();

    /// Markup of ours, as it stands.
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /// Anybody's text.
    public Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /// An element that holds nothing but text.
    public Html element(String name, String attributes, String text) {
        out.append('<').append(name);
        if (!attributes.isEmpty()) {
            out.append(' ').append(attributes);
        }
        out.append('>').append(escaped(text)).append("</").append(name).append('>');
        return this;
    }

    /// ` name="value"`, with the value made safe.
    public static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value) + '"';
    }

    public static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return safe.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
