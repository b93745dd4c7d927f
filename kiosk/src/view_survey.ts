/** Draws the questionnaire: a question, at most six answers by picture, and the right to say none. */

import { html, type TemplateResult } from "lit-html";
import { button, heading, type Parts } from "./parts.js";
import type { SurveyScreen } from "./survey.js";
import { wishTexts } from "./wish_texts.js";

const texts = wishTexts.survey;

export function survey(parts: Parts, { survey: asked, page }: SurveyScreen): TemplateResult {
  const question = asked.questions[page];
  return html`<section class="ask">
      <p class="survey-at">${texts.at(page + 1, asked.questions.length)}</p>
      ${heading(question?.text ?? "", texts.hint)}
    </section>
    <section class="answer">
      <div class="tiles">
        ${question?.choices.map((choice) =>
          button(parts, { label: choice.name, icon: choice.icon, role: "tile raised" }, { type: "ask_survey_answered", choice: choice.code }),
        )}
      </div>
      <div class="ways-on">${button(parts, { label: texts.decline, icon: "no", role: "plain" }, { type: "ask_survey_answered", choice: null })}</div>
    </section>`;
}

/** The way in, from the screen that waits for somebody. */
export function surveyEntry(parts: Parts): TemplateResult {
  const look = { label: texts.entry, hint: texts.entryHint, icon: "clipboard", role: "plain whole" };
  return button(parts, look, { type: "ask_survey_opened", survey: parts.snapshot.survey });
}
