package io.sandalphone.harness.browser;

import static io.sandalphone.harness.browser.OperatorLab.awaitCalls;
import static io.sandalphone.harness.browser.OperatorLab.awaitState;
import static io.sandalphone.harness.browser.OperatorLab.part;
import static io.sandalphone.harness.browser.OperatorLab.signIn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;

import io.sandalphone.harness.controller.ControllerSettings;
import io.sandalphone.harness.lab.Poll;
import io.sandalphone.harness.tone.ToneWord;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;

/// The operators' page in a real browser, at a real gateway: its calls are real, of callers who are no telephones.
@RequiresChromium
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorPageTest {
    private static final ToneWord WORD = ToneWord.W1;
    private static final Duration SOON = Duration.ofSeconds(30);

    /// Which of the page's feeds, in their order, it has given up.
    private static final String GIVEN_UP = "window.feeds.map((signal) => signal.aborted)";

    private OperatorLab lab;

    @BeforeAll
    void start() {
        lab = new OperatorLab(true);
    }

    @AfterEach
    void hang_up() {
        lab.hangUp();
    }

    @AfterAll
    void stop() {
        lab.close();
    }

    @Test
    void two_hundred_calls_are_shown_found_and_one_of_them_is_ended_by_keyboard() {
        lab.callEcho(200);
        BrowserPage page = lab.live();
        awaitCalls(page, 200);
        page.await("document.getElementById('count').textContent === '200 calls'");
        page.evaluate(
                """
                (() => {
                  const filter = document.getElementById('filter');
                  filter.value = '…042';
                  filter.dispatchEvent(new Event('input'));
                })()
                """);
        page.await("document.getElementById('count').textContent === '200 calls, 1 shown'");
        page.evaluate("document.getElementById('filter').focus()");
        pressUntil(page, "document.activeElement.dataset.is === 'end'");
        String ended = page.evaluate("document.activeElement.closest('li').dataset.call").asText();
        // Who cannot see it hears of which call.
        String name = page.evaluate("document.activeElement.getAttribute('aria-label')").asText();
        assertTrue(name.startsWith("End the call") && name.contains("…042"), name);
        page.press("Enter");
        page.await("document.getElementById('confirm').open");
        // Whoever presses twice ends nothing.
        page.await("document.activeElement.id === 'keep'");
        assertEquals(200, lab.gateway.sessions().size());
        pressUntil(page, "document.activeElement.id === 'end'");
        page.press("Enter");
        Poll.until(
                SOON, () -> lab.gateway.sessions().size() == 199, () -> "one call is being ended");
        page.await("!document.querySelector('[data-call=\"%s\"]')".formatted(ended));
        awaitCalls(page, 199);
    }

    @Test
    void rows_of_calls_that_did_not_change_are_not_touched() {
        lab.callEcho(200);
        BrowserPage page = lab.live();
        awaitCalls(page, 200);
        page.evaluate(
                """
                window.touched = new Set();
                new MutationObserver((changes) => {
                  for (const { target } of changes) {
                    const row = (target.closest ? target : target.parentElement).closest('li.call');
                    const part = (target.closest ? target : target.parentElement).dataset.is;
                    if (row && part !== 'duration') {
                      touched.add(row.dataset.call);
                    }
                  }
                }).observe(document.getElementById('calls'), { subtree: true, childList: true, characterData: true, attributes: true });
                """);
        String talking = lab.talk(WORD);
        page.await(part(talking, "captions") + ".children.length > 0");
        JsonNode touched = page.evaluate("[...touched]");
        for (JsonNode call : touched) {
            assertEquals(talking, call.asText());
        }
        assertFalse(touched.isEmpty());
    }

    @Test
    void who_talks_is_shown_with_words_levels_delays_and_cost() {
        String call = lab.talk(WORD);
        BrowserPage page = lab.live();
        page.await(part(call, "state") + ".textContent === 'talking'");
        for (ToneWord word : new ToneWord[] {WORD, WORD.translated()}) {
            page.await(
                    "%s.textContent.toLowerCase().includes('%s')"
                            .formatted(part(call, "captions"), word.text()));
        }
        page.await(part(call, "captions") + ".querySelector('.said').lang.startsWith('en')");
        page.await(part(call, "captions") + ".querySelector('.translated').lang.startsWith('es')");
        page.await(part(call, "delays") + ".textContent.includes('translation')");
        page.await(part(call, "caller-dbov") + ".textContent.includes('dBov')");
        page.await(part(call, "cost") + ".textContent.includes('USD')");
        page.await("document.getElementById('health').textContent !== '–'");
    }

    @Test
    void interpretation_is_switched_off_and_on_again_from_the_page() {
        String call = lab.talk(WORD);
        BrowserPage page = lab.live();
        page.await(part(call, "forth") + ".getAttribute('aria-pressed') === 'true'");
        page.evaluate(part(call, "forth") + ".click()");
        page.await(part(call, "forth") + ".getAttribute('aria-pressed') === 'false'");
        assertEquals(
                "caller-to-destination",
                lab.gateway.sessions().path(0).path("interpretation_off").path(0).asText());
        page.evaluate(part(call, "forth") + ".click()");
        page.await(part(call, "forth") + ".getAttribute('aria-pressed') === 'true'");
        assertTrue(lab.gateway.sessions().path(0).path("interpretation_off").isEmpty());
    }

    @Test
    void a_wrong_token_is_refused_and_shows_nothing() {
        lab.callEcho(1);
        BrowserPage page = lab.open();
        signIn(page, "a-guess");
        page.await("!document.getElementById('refused').hidden");
        awaitState(page, "signed-out");
        assertTrue(page.evaluate("document.getElementById('board').hidden").asBoolean());
        assertEquals("", page.evaluate("window.told").asText());
        assertTrue(page.evaluate("sessionStorage.length === 0").asBoolean());
    }

    @Test
    void the_token_stands_in_no_address_and_is_forgotten_by_signing_out() {
        BrowserPage page = lab.live();
        String addresses =
                page.evaluate(
                                "performance.getEntries().map((each) => each.name).join(' ') +"
                                        + " location.href")
                        .asText();
        assertFalse(addresses.contains(ControllerSettings.TOKEN), addresses);
        page.evaluate("document.getElementById('sign-out').click()");
        awaitState(page, "signed-out");
        assertTrue(page.evaluate("sessionStorage.length === 0").asBoolean());
    }

    @Test
    void a_page_that_lost_its_gateway_says_so_and_comes_back_by_itself() {
        BrowserPage page = lab.live();
        page.evaluate("window.same = true");
        lab.callEcho(3);
        awaitCalls(page, 3);
        lab.gateway.kill();
        awaitState(page, "lost");
        assertTrue(page.text().contains("cannot be reached"), page::text);
        lab.gateway.restart();
        awaitState(page, "live");
        awaitCalls(page, 0);
        lab.callEcho(2);
        awaitCalls(page, 2);
        assertTrue(page.evaluate("window.same").asBoolean(), "the page was not loaded anew");
    }

    @Test
    void a_tab_that_nobody_sees_leaves_its_connection_to_others_until_it_is_seen_again() {
        BrowserPage page = liveWithFeedsNoted();
        page.evaluate(
                "Object.defineProperty(document, 'hidden', { value: true, configurable: true })");
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        awaitState(page, "resting");
        assertEquals("[true]", page.evaluate(GIVEN_UP).toString());
        page.evaluate("delete document.hidden");
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        awaitState(page, "live");
        assertEquals("[true,false]", page.evaluate(GIVEN_UP).toString());
    }

    @Test
    void a_feed_that_broke_keeps_no_connection() {
        BrowserPage page = liveWithFeedsNoted();
        // As a defect of the page would.
        page.evaluate(
                """
                (() => {
                  const real = JSON.parse;
                  JSON.parse = () => {
                    JSON.parse = real;
                    throw new Error('once');
                  };
                })()
                """);
        awaitState(page, "lost");
        awaitState(page, "live");
        assertEquals("[true,false]", page.evaluate(GIVEN_UP).toString());
    }

    private BrowserPage liveWithFeedsNoted() {
        BrowserPage page = lab.open();
        page.evaluate(
                """
                (() => {
                  window.feeds = [];
                  const real = window.fetch;
                  window.fetch = (path, init) => {
                    if (path === '/events') {
                      feeds.push(init.signal);
                    }
                    return real(path, init);
                  };
                })()
                """);
        signIn(page, ControllerSettings.TOKEN);
        awaitState(page, "live");
        return page;
    }

    @Test
    void a_request_that_is_not_answered_is_said() {
        lab.callEcho(1);
        BrowserPage page = lab.live();
        awaitCalls(page, 1);
        page.evaluate(
                """
                (() => {
                  const real = window.fetch;
                  window.fetch = (path, init) =>
                    init.method === 'DELETE'
                      ? new Promise((_, fail) => init.signal?.addEventListener('abort', () => fail(init.signal.reason)))
                      : real(path, init);
                })()
                """);
        page.evaluate("document.querySelector('#calls [data-is=end]').click()");
        page.evaluate("document.getElementById('end').click()");
        page.await("document.getElementById('told').textContent.includes('did not answer')");
    }

    @Test
    void how_a_call_ended_stays_though_the_call_is_told_of_once_more() {
        BrowserPage page = lab.live();
        String shown =
                page.evaluate(
                                """
                                (async () => {
                                  const { Board } = await import('/page/board.js');
                                  const at = (id) => document.getElementById(id);
                                  const board = new Board({ list: at('calls'), template: at('row'), count: at('count'), title: at('calls-title') }, {});
                                  const session = {
                                    id: 'c1', state: 'ending', since: new Date().toISOString(), direction: 'inbound', caller: '', destination: '',
                                    caller_language: 'en', destination_language: 'es', relay: true, audio_attached: true, utterances: 0,
                                    translation_unavailable: [], interpretation_off: [], spans: null, levels: { caller: null, destination: null },
                                    cost: { amount: 0, currency: 'USD', capped: null },
                                  };
                                  board.session(session);
                                  board.ended({ call: 'c1', result: 'completed', reason: 'caller-hung-up' });
                                  // Seen a moment before.
                                  board.session(session);
                                  board.gone('c1');
                                  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
                                  return at('calls').textContent;
                                })()
                                """)
                        .asText();
        assertTrue(shown.contains("ended: completed, caller-hung-up"), shown);
    }

    @Test
    void a_call_of_the_gateway_before_is_shown_as_one() {
        BrowserPage page = lab.live();
        String shown =
                page.evaluate(
                                """
                                (async () => {
                                  const { Row } = await import('/page/row.js');
                                  const hidden = (adopted) => {
                                    const row = new Row(document.getElementById('row'), {
                                      id: 'c1', state: 'talking', since: new Date().toISOString(), direction: 'inbound', caller: '', destination: '',
                                      caller_language: 'en', destination_language: 'es', relay: true, adopted, audio_attached: true, utterances: 0,
                                      translation_unavailable: [], interpretation_off: [], spans: null, levels: { caller: null, destination: null },
                                      cost: { amount: 0, currency: 'USD', capped: null },
                                    }, {});
                                    row.render(Date.now());
                                    return row.element.querySelector('[data-is=adopted]').hidden;
                                  };
                                  return `${hidden(true)} ${hidden(false)}`;
                                })()
                                """)
                        .asText();
        assertEquals("false true", shown);
    }

    @Test
    void whoever_signs_in_by_keyboard_is_taken_to_the_calls() {
        BrowserPage page = lab.open();
        page.evaluate("document.getElementById('token').focus()");
        signIn(page, ControllerSettings.TOKEN);
        awaitState(page, "live");
        page.await("document.activeElement.id === 'calls-title'");
    }

    @Test
    void a_page_of_another_version_than_its_gateway_is_loaded_anew() {
        BrowserPage page = lab.open();
        page.evaluate("window.same = true");
        page.evaluate(
                """
                (() => {
                  const real = JSON.parse;
                  JSON.parse = (text) => ({ ...real(text), version: 2 });
                })()
                """);
        signIn(page, ControllerSettings.TOKEN);
        page.await("window.same === undefined");
        awaitState(page, "live");
    }

    @Test
    void what_anybody_is_called_or_says_is_text() {
        BrowserPage page = lab.live();
        String shown =
                page.evaluate(
                                """
                                (async () => {
                                  const { Row } = await import('/page/row.js');
                                  const evil = '<img src=x onerror="window.evil = true">';
                                  const row = new Row(document.getElementById('row'), {
                                    id: evil, state: evil, since: new Date().toISOString(), direction: 'inbound', caller: evil, destination: evil,
                                    caller_language: 'en', destination_language: 'es', relay: true, audio_attached: true, utterances: 0,
                                    translation_unavailable: [], interpretation_off: [], spans: null, levels: { caller: null, destination: null },
                                    cost: { amount: 0, currency: evil, capped: null },
                                  }, {});
                                  row.caption({ lane: evil, utterance: 1, source_language: evil, target_language: evil, said: evil, translated: evil });
                                  row.render(Date.now());
                                  document.getElementById('calls').append(row.element);
                                  return `${row.element.querySelectorAll('img').length} ${row.element.textContent.split('<img').length - 1}`;
                                })()
                                """)
                        .asText();
        assertEquals("0 6", shown);
        assertFalse(page.evaluate("Boolean(window.evil)").asBoolean());
    }

    @Test
    void without_permission_no_word_reaches_the_page() {
        try (var silent = new OperatorLab(false)) {
            String call = silent.talk(WORD);
            BrowserPage page = silent.live();
            // Something was said and translated.
            page.await(part(call, "delays") + ".textContent.includes('translation')");
            page.await(
                    "document.getElementById('captions-allowed').textContent.includes('not"
                            + " shown')");
            String told = page.evaluate("window.told.toLowerCase()").asText();
            assertTrue(told.contains(call), told);
            for (ToneWord word : new ToneWord[] {WORD, WORD.translated()}) {
                assertFalse(told.contains(word.text()), told);
                assertFalse(page.text().contains(word.text()), page::text);
            }
        }
    }

    private static void pressUntil(BrowserPage page, String there) {
        for (int i = 0; i < 20; i++) {
            if (page.evaluate("Boolean(" + there + ")").asBoolean()) {
                return;
            }
            page.press("Tab");
        }
        throw new AssertionError("Tab does not lead to where " + there);
    }
}
