import { Component, type ReactNode } from "react";
import { Trouble } from "./states.tsx";

interface Props {
  /** Names in a sentence what is inside: "the page". */
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps what goes wrong inside from taking the rest of the page with it. */
export class Boundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <Trouble what={this.props.what} error={this.state.error} retry={() => location.reload()} />;
  }
}
