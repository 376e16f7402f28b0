import { closeStage, closeVisitors } from "./stage.ts";

// Of the whole run, whichever files are part of it: Mocha takes hooks outside of a suite for all of them.
afterEach(closeVisitors);
after(closeStage);
