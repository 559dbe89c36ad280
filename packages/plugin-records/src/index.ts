export { default, type RecordsPluginOptions } from './records.ts'
