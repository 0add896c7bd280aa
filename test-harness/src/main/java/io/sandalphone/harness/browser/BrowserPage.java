package io.sandalphone.harness.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.sandalphone.harness.lab.Poll;

import java.time.Duration;

/// A page that is open in a browser.
public final class BrowserPage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DevTools tools;
    private final String session;

    private BrowserPage(DevTools tools, String session) {
        this.tools = tools;
        this.session = session;
    }

    /// `script` runs before those of the page.
    static BrowserPage open(DevTools tools, String address, String script) {
        String context =
                tools.ask("Target.createBrowserContext", DevTools.parameters())
                        .path("browserContextId")
                        .asText();
        String target =
                tools.ask(
                                "Target.createTarget",
                                DevTools.parameters()
                                        .put("url", "about:blank")
                                        .put("browserContextId", context))
                        .path("targetId")
                        .asText();
        String session =
                tools.ask(
                                "Target.attachToTarget",
                                DevTools.parameters().put("targetId", target).put("flatten", true))
                        .path("sessionId")
                        .asText();
        var page = new BrowserPage(tools, session);
        page.ask("Page.enable", DevTools.parameters());
        page.ask(
                "Page.addScriptToEvaluateOnNewDocument",
                DevTools.parameters().put("source", script));
        page.ask("Page.navigate", DevTools.parameters().put("url", address));
        return page;
    }

    /// What a JavaScript expression comes to, as if a person had pressed something.
    public JsonNode evaluate(String expression) {
        JsonNode answer =
                ask(
                        "Runtime.evaluate",
                        DevTools.parameters()
                                .put("expression", expression)
                                .put("awaitPromise", true)
                                .put("returnByValue", true)
                                .put("userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.path("exceptionDetails"));
        }
        return answer.path("result").path("value");
    }

    /// Waits until an expression is true.
    public void await(String expression) {
        await(expression, PATIENCE);
    }

    /// Waits until an expression is true, for so long. What is not there yet makes it false, and so does a page
    /// that is just being loaded.
    public void await(String expression, Duration patience) {
        Poll.until(
                patience,
                () -> isTrue(expression),
                () -> expression + " in the page, which shows: " + text());
    }

    private boolean isTrue(String expression) {
        try {
            return evaluate(
                            "(() => { try { return Boolean(%s); } catch { return false; } })()"
                                    .formatted(expression))
                    .asBoolean();
        } catch (DevTools.CommandFailed e) {
            // The document went away before it answered: the next one is asked.
            return false;
        }
    }

    /// Presses the key `Enter` or `Tab`, or types a character, where the keyboard is.
    public void press(String key) {
        for (String type : new String[] {"keyDown", "keyUp"}) {
            ObjectNode event =
                    DevTools.parameters().put("type", type).put("key", key).put("code", key);
            if (key.equals("Enter")) {
                event.put("windowsVirtualKeyCode", 13).put("text", "\r");
            } else if (key.equals("Tab")) {
                event.put("windowsVirtualKeyCode", 9);
            }
            ask("Input.dispatchKeyEvent", event);
        }
    }

    /// All the text that the page shows.
    public String text() {
        return evaluate("document.body.innerText").asText();
    }

    private JsonNode ask(String method, ObjectNode parameters) {
        return tools.ask(session, method, parameters);
    }
}
