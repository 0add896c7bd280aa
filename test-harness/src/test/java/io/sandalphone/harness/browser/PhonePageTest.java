package io.sandalphone.harness.browser;

import static io.sandalphone.harness.browser.BrowserLab.awaitHeard;
import static io.sandalphone.harness.browser.BrowserLab.awaitState;
import static io.sandalphone.harness.browser.BrowserLab.awaitTrouble;
import static io.sandalphone.harness.browser.BrowserLab.heard;
import static io.sandalphone.harness.browser.BrowserLab.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.tone.ToneWord;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/// The page `/phone` in a real browser with a microphone that is a file, at a real gateway whose engines
/// speak tones.
@RequiresChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhonePageTest {
    /// What the one who speaks English says, and what it is in Spanish.
    private static final ToneWord ENGLISH = ToneWord.W1;

    /// What the one who speaks Spanish says.
    private static final ToneWord SPANISH = ToneWord.V3;

    private static final ToneWord[] ALL = {
        ENGLISH, ENGLISH.translated(), SPANISH, SPANISH.translated()
    };

    private final Vertx vertx = Vertx.vertx();
    private BrowserLab lab;
    private Chromium english;
    private Chromium spanish;

    /// A call of each test's own.
    private String call = "";

    @BeforeEach
    void choose_a_call() {
        call = UUID.randomUUID().toString();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        lab = new BrowserLab(folder);
        english = lab.saying(ENGLISH);
        spanish = lab.saying(SPANISH);
    }

    @AfterAll
    void stop() {
        lab.close();
        vertx.close().await();
    }

    @Test
    void two_browsers_talk_and_each_hears_and_reads_both_languages() throws Exception {
        BrowserPage caller = join(english, lab.link(call, "en"), ALL);
        awaitState(caller, "waiting");
        BrowserPage callee = join(spanish, lab.link(call, "es"), ALL);
        awaitState(caller, "talking");
        awaitState(callee, "talking");
        // Each the other's voice, and what it means in their own language.
        awaitHeard(callee, ENGLISH);
        awaitHeard(callee, ENGLISH.translated());
        awaitHeard(caller, SPANISH);
        awaitHeard(caller, SPANISH.translated());
        for (BrowserPage page : new BrowserPage[] {caller, callee}) {
            for (ToneWord word : new ToneWord[] {ENGLISH, SPANISH}) {
                awaitRead(page, word.text());
                awaitRead(page, word.translated().text());
            }
        }
        // Nobody the translation that is not for them, nor themselves.
        for (ToneWord foreign : new ToneWord[] {ENGLISH, ENGLISH.translated()}) {
            assertTrue(heard(caller, foreign) < heard(caller, SPANISH) - 25, caller::text);
        }
        for (ToneWord foreign : new ToneWord[] {SPANISH, SPANISH.translated()}) {
            assertTrue(heard(callee, foreign) < heard(callee, ENGLISH) - 25, callee::text);
        }
        assertEquals(1, lab.gateway.sessions().size());
        callee.evaluate("document.getElementById('hangup').click()");
        awaitState(caller, "ended");
        awaitState(callee, "ended");
        lab.gateway.awaitIdle(Duration.ofSeconds(10));
    }

    private static void awaitRead(BrowserPage page, String word) {
        page.await(
                "document.getElementById('transcript').textContent.toLowerCase().includes('"
                        + word
                        + "')");
    }

    @Test
    void a_page_that_loses_its_network_says_so_and_comes_back_by_itself() throws Exception {
        var link = new CuttableLink(vertx, lab.port);
        BrowserPage caller = join(english, lab.link(link.port(), call, "en"), ALL);
        awaitState(caller, "waiting");
        BrowserPage callee = join(spanish, lab.link(call, "es"), ALL);
        awaitState(caller, "talking");
        link.cut();
        awaitState(caller, "lost");
        assertTrue(caller.text().contains("network is lost"), caller::text);
        awaitState(callee, "other-lost");
        link.mend();
        awaitState(caller, "talking");
        awaitState(callee, "other-back");
        caller.evaluate("for (const hertz in heard) heard[hertz] = -200");
        awaitHeard(caller, SPANISH);
        assertEquals(1, lab.gateway.sessions().size());
        caller.evaluate("document.getElementById('hangup').click()");
        awaitState(callee, "ended");
    }

    @Test
    void after_a_crash_of_the_gateway_both_come_back_by_themselves_and_talk() throws Exception {
        BrowserPage caller = join(english, lab.link(call, "en"), ALL);
        awaitState(caller, "waiting");
        BrowserPage callee = join(spanish, lab.link(call, "es"), ALL);
        awaitState(callee, "talking");
        lab.gateway.kill();
        awaitState(caller, "lost");
        awaitState(callee, "lost");
        lab.gateway.restart();
        awaitState(caller, "talking");
        awaitState(callee, "talking");
        caller.evaluate("for (const hertz in heard) heard[hertz] = -200");
        awaitHeard(caller, SPANISH);
        caller.evaluate("document.getElementById('hangup').click()");
        awaitState(callee, "ended");
    }

    @Test
    void a_call_rings_at_a_page_that_waits_and_is_answered_by_keyboard() throws Exception {
        BrowserPage callee = join(spanish, lab.standbyLink("es"), ALL);
        awaitState(callee, "standby");
        BrowserPage caller = join(english, lab.callingLink(call, "en"), ALL);
        awaitState(caller, "ringing");
        awaitState(callee, "incoming");
        // Who cannot see it hears it, and is told who calls and in which languages.
        callee.await("document.activeElement.id === 'answer'");
        callee.await("document.getElementById('incoming').getAttribute('role') === 'alertdialog'");
        String told = callee.text();
        assertTrue(told.contains("English") && told.contains("Spanish"), told);
        callee.press("Enter");
        awaitState(caller, "talking");
        awaitState(callee, "talking");
        callee.await("document.getElementById('incoming').hidden");
        awaitHeard(callee, ENGLISH);
        awaitHeard(callee, ENGLISH.translated());
        awaitHeard(caller, SPANISH.translated());
        awaitRead(callee, ENGLISH.translated().text());
        caller.evaluate("document.getElementById('hangup').click()");
        awaitState(caller, "ended");
        // The next call may come.
        awaitState(callee, "standby");
        callee.evaluate("document.getElementById('leave').click()");
        awaitState(callee, "standby-idle");
        lab.gateway.awaitIdle(Duration.ofSeconds(10));
    }

    @Test
    void a_refused_microphone_is_told_with_what_to_do() throws Exception {
        BrowserPage page = join(lab.refusing(), lab.link(call, "en"));
        awaitTrouble(page, "microphone-refused");
        assertTrue(page.text().contains("Allow it for this page"), page::text);
        page.await("document.activeElement.id === 'again'");
    }

    @Test
    void an_expired_link_is_told_with_what_to_do() throws Exception {
        BrowserPage page = join(english, lab.expiredLink(call));
        awaitTrouble(page, "ticket-expired");
        assertTrue(page.text().contains("Ask whoever sent it for a new one"), page::text);
    }

    @Test
    void a_page_without_a_link_is_told_what_it_needs() {
        BrowserPage page = BrowserLab.open(english, "http://localhost:" + lab.port + "/phone");
        awaitTrouble(page, "no-link");
    }

    @Test
    void an_operator_waits_for_calls_with_their_token_and_is_told_when_it_is_wrong() {
        BrowserPage page = BrowserLab.open(english, "http://localhost:" + lab.port + "/phone");
        awaitTrouble(page, "no-link");
        enterToken(page, "a-guess");
        awaitTrouble(page, "not-admitted");
        enterToken(page, ControllerSettings.TOKEN);
        awaitState(page, "standby");
        page.evaluate("document.getElementById('leave').click()");
        awaitState(page, "standby-idle");
    }

    private static void enterToken(BrowserPage page, String token) {
        page.evaluate("document.getElementById('token').value = '" + token + "'");
        page.evaluate("document.getElementById('enter').click()");
    }

    @Test
    void the_page_can_be_worked_by_keyboard_alone() throws Exception {
        BrowserPage page = BrowserLab.open(english, lab.link(call, "en"));
        page.await("!document.getElementById('join').hidden");
        page.press("Tab");
        page.await("document.activeElement.id === 'language'");
        page.press("Tab");
        page.press("Enter");
        awaitState(page, "waiting");
        pressUntilAt(page, "mute");
        page.press("Enter");
        page.await("document.getElementById('mute').getAttribute('aria-pressed') === 'true'");
        pressUntilAt(page, "hangup");
        page.press("Enter");
        awaitState(page, "ended");
    }

    private static void pressUntilAt(BrowserPage page, String id) {
        for (int i = 0; i < 10; i++) {
            if (page.evaluate("document.activeElement.id").asText().equals(id)) {
                return;
            }
            page.press("Tab");
        }
        throw new AssertionError("Tab does not lead to " + id);
    }
}
