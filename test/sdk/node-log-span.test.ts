import { expect } from "chai";
import { LogSpan, PAGES_BEFORE_GROWTH } from "../../sdk/node/log-span.ts";

describe("LogSpan", () => {
  function accept(span: LogSpan, pages: number, blocks = span.blocks): void {
    for (let page = 0; page < pages; page++) span.accept(blocks);
  }

  it("begins with what the operator allows", () => {
    expect(new LogSpan(5_000).blocks).to.equal(5_000);
  });

  it("is half of what the node refused", () => {
    const span = new LogSpan(5_000);
    expect([span.refuse(5_000), span.blocks]).to.deep.equal([true, 2_500]);
  });

  it("is half of a page that was shorter than it", () => {
    const span = new LogSpan(5_000);
    span.refuse(100);
    expect(span.blocks).to.equal(50);
  });

  it("cannot be less than a block", () => {
    const span = new LogSpan(1);
    expect([span.refuse(1), span.blocks]).to.deep.equal([false, 1]);
  });

  it("grows by a quarter after ten pages in a row", () => {
    const span = new LogSpan(5_000);
    span.refuse(2_000);
    accept(span, PAGES_BEFORE_GROWTH - 1);
    expect(span.blocks).to.equal(1_000);
    accept(span, 1);
    expect(span.blocks).to.equal(1_250);
  });

  it("counts the pages anew after a refusal", () => {
    const span = new LogSpan(5_000);
    span.refuse(2_000);
    accept(span, PAGES_BEFORE_GROWTH - 1);
    span.refuse(1_000);
    accept(span, PAGES_BEFORE_GROWTH - 1);
    expect(span.blocks).to.equal(500);
  });

  it("grows up to what the operator allows", () => {
    const span = new LogSpan(10);
    span.refuse(10);
    for (let times = 0; times < 10; times++) accept(span, PAGES_BEFORE_GROWTH);
    expect(span.blocks).to.equal(10);
  });

  it("grows from a single block", () => {
    const span = new LogSpan(10);
    span.refuse(2);
    accept(span, PAGES_BEFORE_GROWTH);
    expect(span.blocks).to.equal(2);
  });

  it("does not grow by pages that are shorter than it", () => {
    const span = new LogSpan(5_000);
    span.refuse(2_000);
    accept(span, 100, 5);
    expect(span.blocks).to.equal(1_000);
  });
});
