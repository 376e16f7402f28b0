import { Tabs } from "@base-ui/react/tabs";
import { type ReactNode, useState } from "react";
import { Side } from "../../../../../sdk/market/side.ts";
import type { PoolState } from "../../../../../sdk/stake/curve.ts";
import { BuyForm } from "./BuyForm.tsx";
import { parseSlippage } from "./quotes.ts";
import { SellForm } from "./SellForm.tsx";
import { SlippageField } from "./SlippageField.tsx";

/** What both forms are about. */
export interface TradeProps {
  readonly claimId: string;
  readonly pool: PoolState;
  readonly side: Side;
  /** The slippage that is accepted, in bps; `undefined` while what is in its field is no limit. */
  readonly slippage: bigint | undefined;
}

/** What both forms are made of. */
export interface TradeFormProps extends TradeProps {
  /** The field for the slippage. */
  readonly limit: ReactNode;
}

/** Percent. */
const USUAL_SLIPPAGE = "0.5";

/** Where LONG and SHORT are bought and sold. */
export function TradeForms({
  claimId,
  pool,
  isPaused,
}: Pick<TradeProps, "claimId" | "pool"> & { readonly isPaused: boolean }) {
  const [side, setSide] = useState<Side>(Side.Support);
  const [text, setText] = useState(USUAL_SLIPPAGE);
  const parsed = parseSlippage(text);
  const slippage = "bps" in parsed ? parsed.bps : undefined;
  const props = { claimId, pool, side, slippage, limit: <SlippageField text={text} onText={setText} /> };
  return (
    <section className="card" aria-labelledby="trade-title">
      <h2 id="trade-title">Trade</h2>
      <SideChoice side={side} onSide={setSide} />
      <Tabs.Root defaultValue="buy">
        <Tabs.List className="tabs" aria-label="Buy or sell">
          <Tabs.Tab value="buy">Buy</Tabs.Tab>
          <Tabs.Tab value="sell">Sell</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="buy">
          <BuyForm {...props} isPaused={isPaused} />
        </Tabs.Panel>
        <Tabs.Panel value="sell">
          <SellForm {...props} />
        </Tabs.Panel>
      </Tabs.Root>
    </section>
  );
}

const CHOICES = [
  { value: Side.Support, name: "LONG (Support)", className: "support" },
  { value: Side.Oppose, name: "SHORT (Oppose)", className: "oppose" },
] as const;

function SideChoice({ side, onSide }: { readonly side: Side; readonly onSide: (side: Side) => void }) {
  return (
    <fieldset className="trade-sides">
      <legend>Side</legend>
      {CHOICES.map(({ value, name, className }) => (
        <label key={name} className={className}>
          <input type="radio" name="trade-side" checked={side === value} onChange={() => onSide(value)} />
          {name}
        </label>
      ))}
    </fieldset>
  );
}
