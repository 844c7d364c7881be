/** The pictures of this process: see `pictures.ts`. */
export const PICTURES = Symbol('pictures');
