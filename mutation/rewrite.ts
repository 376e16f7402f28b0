import { contentsOf, type Refusal, type Sources } from "./compiler.ts";
import { groupBy } from "./group-by.ts";
import type { Mutant } from "./mutant.ts";
import { bytesOf, textOfBytes } from "./mutate.ts";

/** What switches changes on, as a file of its own beside the sources. */
export const SWITCH_FILE = "contracts/MutantSwitch.sol";

/**
 * What is added to a change's number to be the coinbase that switches it on: an address that nobody has.
 * The coinbase costs nothing to read, and no contract or test of ours looks at it.
 */
export const FIRST_COINBASE = 0x1000000;

// A pure function may not look at the block: the compiler is told that one which does is pure.
const SWITCH = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.35;

library MutantSwitch {
    function on(uint256 id) internal pure returns (bool) {
        return _asPure(_isOn)(id);
    }

    function _isOn(uint256 id) private view returns (bool) {
        return uint160(address(block.coinbase)) == id;
    }

    function _asPure(
        function(uint256) internal view returns (bool) given
    ) private pure returns (function(uint256) internal pure returns (bool) pure_) {
        assembly ("memory-safe") {
            pure_ := given
        }
    }
}
`;

/** Changes that are compiled together, each with the number that switches it on. */
export type Numbered = readonly (readonly [number: number, mutant: Mutant])[];

/** The sources with all of the changes beside the originals, and what they need. */
export function withSwitches(numbered: Numbered, given?: Sources): Sources {
  const files = groupBy(numbered, ([, { file }]) => file);
  return new Map([
    [SWITCH_FILE, SWITCH],
    ...[...files].map(([file, own]): [string, string] => [file, withSwitchesIn(bytesOf(contentsOf(file, given)), own)]),
  ]);
}

function withSwitchesIn(text: string, numbered: Numbered): string {
  const importAt = text.indexOf(";", text.indexOf("pragma solidity")) + 1;
  const head = `${text.slice(0, importAt)} import {MutantSwitch as Mutant_} from "${SWITCH_FILE}";`;
  return textOfBytes(head + render(text, importAt, text.length, numbered));
}

/** A source with one change in the place of the original. */
export function withChange({ file, start, end, replacement }: Mutant, given?: Sources): Sources {
  const text = bytesOf(contentsOf(file, given));
  return new Map([[file, textOfBytes(text.slice(0, start) + replacement + text.slice(end))]]);
}

/** The numbers of the changes that a refusal of such a source is about; none where it is about something else. */
export function refusedNumbers({ file, start, end }: Refusal, sources: Sources): number[] {
  const text = bytesOf(sources.get(file) ?? "");
  const around = (open: string, close: string) =>
    [...text.matchAll(new RegExp(`/\\*${open}([\\d,]+)\\*/`, "g"))]
      .map((match) => {
        const numbers = match[1] ?? "";
        return { numbers, from: match.index, to: text.indexOf(`/*${numbers}${close}*/`, match.index) };
      })
      .filter(({ from, to }) => from <= start && end <= to)
      .sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.numbers;
  const numbers = around("!", "!") ?? around("\\?", "?");
  return numbers === undefined ? [] : numbers.split(",").map(Number);
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly at: Numbered;
}

/** A part of a text, with the changes within it beside the originals. */
function render(text: string, start: number, end: number, numbered: Numbered): string {
  let [result, at] = ["", start];
  for (const place of outermost(numbered)) {
    const inner = numbered.filter(
      ([, mutant]) => mutant.start >= place.start && mutant.end <= place.end && !isAt(place, mutant),
    );
    result += text.slice(at, place.start) + switched(place, render(text, place.start, place.end, inner));
    at = place.end;
  }
  return result + text.slice(at, end);
}

const isAt = (place: { start: number; end: number }, mutant: Mutant) =>
  place.start === mutant.start && place.end === mutant.end;

/** The places of changes that are within no other, in the order of the source. */
function outermost(numbered: Numbered): Place[] {
  const sorted = numbered.toSorted(([, a], [, b]) => a.start - b.start || b.end - a.end);
  const places: Place[] = [];
  for (const [, { start, end }] of sorted) {
    if (start < (places.at(-1)?.end ?? 0)) continue;
    places.push({ start, end, at: numbered.filter(([, mutant]) => isAt({ start, end }, mutant)) });
  }
  return places;
}

/** An expression or a statement with its changes beside it. Marks say which changes a refusal is about. */
function switched({ at }: Place, original: string): string {
  const numbers = at.map(([number]) => number).join(",");
  const [, first] = at[0] as readonly [number, Mutant];
  const variants = at.map(([number, { replacement }]) => ({
    on: `Mutant_.on(${FIRST_COINBASE + number})`,
    text: `/*!${number}*/${replacement}/*${number}!*/`,
  }));
  if (first.form === "statement") {
    const branches = variants.map(({ on, text }) => `if (${on}) { ${text} } else `).join("");
    return `/*?${numbers}*/{ ${branches}{ ${original} } }/*${numbers}?*/`;
  }
  const choices = variants.map(({ on, text }) => `${on} ? ${text} : `).join("");
  return `/*?${numbers}*/${first.type ?? ""}(${choices}${original})/*${numbers}?*/`;
}
