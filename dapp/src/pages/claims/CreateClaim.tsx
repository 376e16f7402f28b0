import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { claimIdOf } from "../../../../sdk/claims.ts";
import { withClaimText } from "../../../../sdk/market/claim-text.ts";
import type { MarketParams } from "../../../../sdk/market/params.ts";
import { quoteAuthorCommit } from "../../../../sdk/market/quote.ts";
import type { Action } from "../../actions/action.ts";
import { usePlace } from "../../chain/NetworkContext.tsx";
import { useRead } from "../../chain/read.ts";
import { rememberText } from "../../claims/useClaims.ts";
import { assetContract, marketContracts } from "../../contracts/market.ts";
import { amountText, paidText, parseAmount, type Unit } from "../../format/amounts.ts";
import { claimProblem, MOST_CHARACTERS, tidyClaim } from "../../format/claims.ts";
import { bpsPercent } from "../../format/numbers.ts";
import { spanText } from "../../format/times.ts";
import { ActionButton } from "../../ui/ActionButton.tsx";
import { AmountField } from "../../ui/AmountField.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { Shown } from "../../ui/states.tsx";
import { Amount } from "../../ui/values.tsx";
import { useBalance } from "../../wallet/useBalance.ts";

/** A market before anybody has committed to it. */
const EMPTY = { supportPrincipal: 0n, opposePrincipal: 0n, srp: 0n } as const;

/** Where a claim gets its market, with a first commitment of its author if wanted. */
export function CreateClaim() {
  return (
    <Collapsible.Root className="card">
      <Collapsible.Trigger className="quiet">Create a claim</Collapsible.Trigger>
      <Collapsible.Panel>
        <CreateForm />
      </Collapsible.Panel>
    </Collapsible.Root>
  );
}

function CreateForm() {
  const { asset } = usePlace().network;
  const [written, setWritten] = useState("");
  const [typed, setTyped] = useState("");
  const balance = useBalance(assetContract(usePlace().reader));
  const { params, amount, outOfBounds, problem, action, remember } = useCreation(written, typed);
  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label className="field">
        <span>Claim</span>
        <textarea
          rows={2}
          maxLength={MOST_CHARACTERS}
          value={written}
          placeholder="Juneau is the capital of Alaska"
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <span className="hint">
          The words are kept in the chain's history for good. Another spelling is another claim; spaces around the
          words, and more than one between them, are left out.
        </span>
      </label>
      <AmountField
        label="Your commitment on Support (optional)"
        unit={asset}
        text={typed}
        onText={setTyped}
        available={balance}
        problem={outOfBounds}
      />
      <Shown what="the market's rules" from={params}>
        {(rules) => <CreationFacts rules={rules} amount={amount ?? 0n} />}
      </Shown>
      <ActionButton
        label="Create the claim"
        action={action}
        problem={problem}
        onDone={() => {
          remember();
          setWritten("");
          setTyped("");
        }}
      />
    </form>
  );
}

/** What a form comes to: the rules of the market, what is missing or wrong, and how it is created. */
function useCreation(written: string, typed: string) {
  const { reader, network } = usePlace();
  const { asset } = network;
  const { beliefFactory } = marketContracts(reader);
  const wrong = claimProblem(written);
  const text = wrong === undefined ? tidyClaim(written) : ""; // half a character has no hash
  const claimId = claimIdOf(text);
  const existing = useRead(["market of", claimId], () => beliefFactory.marketOf(claimId));
  const params = useRead(["market defaults"], () => beliefFactory.defaultParams());
  const parsed = typed === "" ? { units: 0n } : parseAmount(typed, asset);
  const amount = "units" in parsed ? parsed.units : undefined;
  const outOfBounds = amount === undefined ? undefined : boundsProblem(amount, params.data, asset);
  const problem =
    wrong ??
    (existing.data !== undefined && BigInt(existing.data) !== 0n
      ? "This claim has a market already: look for it in the list."
      : amount === undefined
        ? "Mend the amount."
        : outOfBounds);
  const action = (): Action => ({
    title: amount === undefined || amount === 0n ? "Create a claim" : `Create a claim with ${paidText(amount, asset)}`,
    unit: asset,
    call: async () => {
      const call = await beliefFactory.createMarket.populateTransaction(claimId, amount ?? 0n);
      return { ...call, data: withClaimText(call.data, text) };
    },
    spending: { token: assetContract(reader), spender: beliefFactory, amount: amount ?? 0n },
  });
  return { params, amount, outOfBounds, problem, action, remember: () => rememberText(claimId, text) };
}

function boundsProblem(
  amount: bigint,
  bounds: Pick<MarketParams, "minStake" | "maxStake"> | undefined,
  asset: Unit,
): string | undefined {
  if (amount === 0n || bounds === undefined) return undefined;
  if (amount >= bounds.minStake && amount <= bounds.maxStake) return undefined;
  return `A commitment is ${paidText(bounds.minStake, asset)} to ${amountText(bounds.maxStake, asset)}.`;
}

function CreationFacts({ rules, amount }: { readonly rules: MarketParams; readonly amount: bigint }) {
  const { asset } = usePlace().network;
  const { feeBps, fee, principal } = quoteAuthorCommit({ params: rules, state: EMPTY, amount });
  return (
    <Facts
      label="What creating the claim comes to"
      of={[
        ["You pay", <Amount key="pay" units={amount} of={asset} paid />],
        [`Author's premium (${bpsPercent(feeBps)})`, <Amount key="fee" units={fee} of={asset} paid />],
        ["Your principal", <Amount key="principal" units={principal} of={asset} />],
        ["Locked for", spanText(rules.lockPeriod)],
      ]}
    />
  );
}
