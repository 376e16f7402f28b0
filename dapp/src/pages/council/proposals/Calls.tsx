import { useQuery } from "@tanstack/react-query";
import { explain } from "../../../actions/refusal.ts";
import { usePlace } from "../../../chain/NetworkContext.tsx";
import { useRead } from "../../../chain/read.ts";
import { ACT, ETH, exactAmountText } from "../../../format/amounts.ts";
import { Loading } from "../../../ui/states.tsx";
import { Address } from "../../../ui/values.tsx";
import { decodeCall } from "./decode.ts";
import type { ProposedCall } from "./proposals.ts";
import { ruleLabel } from "./rules.ts";

/** The calls of a proposal in words: contract, function and arguments, by the ABIs. */
export function Calls({
  calls,
  isTried = false,
}: {
  readonly calls: readonly ProposedCall[];
  /** Whether to say what would become of each if it were made now. */
  readonly isTried?: boolean;
}) {
  const governor = usePlace().network.contracts.CouncilGovernor.address;
  return (
    <ol className="calls">
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls have no other name, and may repeat
        <li key={index}>
          <CallInWords call={call} />
          {isTried && (call.target === governor ? <Untried /> : <Trial call={call} />)}
        </li>
      ))}
    </ol>
  );
}

function CallInWords({ call }: { readonly call: ProposedCall }) {
  const { network } = usePlace();
  const known = useQuery({
    queryKey: ["contracts", network.chainId],
    queryFn: async () => (await import("./abis.ts")).contractsOf(network),
  }).data;
  if (known === undefined) return <Loading what="what it calls" />;
  const { contract, method, inputs } = decodeCall(call, known, network.asset);
  return (
    <>
      <p>
        <strong>
          {contract ?? "An unknown contract"}
          {method === undefined ? "" : `.${method}`}
        </strong>{" "}
        at <Address of={call.target} />
      </p>
      {method === undefined ? (
        <p className="hex">{call.data === "0x" ? "No data" : call.data}</p>
      ) : (
        <dl className="facts call">
          {inputs.map(({ name, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: arguments are known by their place
            <div key={index} className="fact">
              <dt>{ruleLabel(name)}</dt>
              <dd className={text.startsWith("0x") ? "hex" : "words"}>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      {call.value > 0n && <p>With {exactAmountText(call.value, ETH)} of the treasury.</p>}
    </>
  );
}

/** The governor takes calls about itself while it executes a proposal, and never else. */
function Untried() {
  return <p className="hint">It cannot be tried before it is executed.</p>;
}

/** What would become of a call if the timelock made it now. */
function Trial({ call: { target, value, data } }: { readonly call: ProposedCall }) {
  const trial = useRead(["trial", target, value, data], async ({ network, provider }) => {
    const from = network.contracts.TimelockController.address;
    try {
      await provider.call({ to: target, data, value, from });
      return null;
    } catch (error) {
      return explain(error, ACT);
    }
  });
  if (trial.data === undefined) return <p className="hint">Trying it…</p>;
  if (trial.data === null) return <p className="hint">It would work if it were executed now.</p>;
  return <p className="complaint">It would fail if it were executed now: {trial.data}</p>;
}
