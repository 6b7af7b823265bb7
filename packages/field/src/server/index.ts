export {
  createFieldServer,
  type FieldServer,
  type FieldServerConfig,
  FieldServerError,
  type FieldServerErrorCode,
} from "./field-server.ts"
