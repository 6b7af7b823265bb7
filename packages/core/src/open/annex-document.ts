import * as v from "valibot"
import { AnnexSchema } from "../parcel/index.ts"

/** An annex whose own cell list did not fit into the root, one level down. */
export const AnnexDocumentSchema = v.strictObject({ annex: AnnexSchema })
