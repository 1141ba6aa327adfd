/** The part of subset-font that the build uses; the package brings no types. */
declare module "subset-font" {
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: {
      targetFormat: "woff2";
      variationAxes: Record<string, { min: number; max: number }>;
      /** The OpenType features that stay. */
      keepFeatures: readonly string[];
    },
  ): Promise<Uint8Array>;
}
