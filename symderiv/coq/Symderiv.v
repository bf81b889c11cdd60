(** What the certificates of symderiv stand on: finite sums of real numbers, and a verified check of identities between
    indexed sums of products.  Nothing here is assumed: the file uses the Reals of the standard library and proves the rest. *)

From Coq Require Import Reals QArith Qreals List Arith Bool Lra Lia.
Import ListNotations.
Open Scope R_scope.

(** * Operations *)

(** The sum of [f i] over the index set {0, ..., n - 1}. *)
Fixpoint sumn (n : nat) (f : nat -> R) : R :=
  match n with O => 0 | S k => sumn k f + f k end.

Fixpoint prodn (n : nat) (f : nat -> R) : R :=
  match n with O => 1 | S k => prodn k f * f k end.

Fixpoint greatest (k : nat) (f : nat -> R) : R :=
  match k with O => f O | S j => Rmax (greatest j f) (f k) end.

Fixpoint least (k : nat) (f : nat -> R) : R :=
  match k with O => f O | S j => Rmin (least j f) (f k) end.

Definition maxn (n : nat) (f : nat -> R) : R := greatest (pred n) f.
Definition minn (n : nat) (f : nat -> R) : R := least (pred n) f.

Definition delta (i j : nat) : R := if Nat.eqb i j then 1 else 0.

(** [x] to a rational exponent that is not whole; 0 where [x] is not positive. *)
Definition rpow (x e : R) : R := if Rlt_dec 0 x then Rpower x e else 0.

(** * Sums *)

Lemma sumn_ext n f g : (forall i, (i < n)%nat -> f i = g i) -> sumn n f = sumn n g.
Proof.
  induction n as [|n IH]; intros H; simpl; [reflexivity|].
  rewrite IH, H; auto with arith.
Qed.

Lemma sumn_plus n f g : sumn n (fun i => f i + g i) = sumn n f + sumn n g.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma sumn_zero n : sumn n (fun _ => 0) = 0.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma sumn_scal n c f : sumn n (fun i => c * f i) = c * sumn n f.
Proof. induction n as [|n IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma sumn_const n c : sumn n (fun _ => c) = INR n * c.
Proof. induction n as [|n IH]; simpl sumn; [simpl; lra|rewrite IH, S_INR; lra]. Qed.

Lemma sumn_swap n m f : sumn n (fun i => sumn m (fun j => f i j)) = sumn m (fun j => sumn n (fun i => f i j)).
Proof.
  induction n as [|n IH]; simpl; [symmetry; apply sumn_zero|].
  rewrite IH; symmetry; apply sumn_plus.
Qed.

Lemma sumn_nonneg n f : (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sumn n f.
Proof.
  induction n as [|n IH]; intros H; simpl; [lra|].
  apply Rplus_le_le_0_compat; auto with arith.
Qed.

Lemma sumn_term n f k : (forall i, (i < n)%nat -> 0 <= f i) -> (k < n)%nat -> f k <= sumn n f.
Proof.
  induction n as [|n IH]; intros H L; [lia|]; simpl.
  assert (0 <= sumn n f) by (apply sumn_nonneg; auto with arith).
  destruct (Nat.eq_dec k n) as [->|N]; [lra|].
  assert (f k <= sumn n f) by (apply IH; [auto with arith|lia]).
  pose proof (H n (Nat.lt_succ_diag_r n)); lra.
Qed.

Lemma sumn_pos n f k : (forall i, (i < n)%nat -> 0 <= f i) -> (k < n)%nat -> 0 < f k -> 0 < sumn n f.
Proof. intros H L P; pose proof (sumn_term n f k H L); lra. Qed.

Lemma sumn_all_pos n f : (0 < n)%nat -> (forall i, (i < n)%nat -> 0 < f i) -> 0 < sumn n f.
Proof. intros L H; apply (sumn_pos n f O); [intros i I; left|exact L|]; auto. Qed.

(** Where a sum of terms that are not negative is not 0, one of them is positive. *)
Lemma sumn_live n f : (forall i, (i < n)%nat -> 0 <= f i) -> sumn n f <> 0 -> exists k, (k < n)%nat /\ 0 < f k.
Proof.
  induction n as [|n IH]; intros H N; simpl in N; [lra|].
  destruct (H n (Nat.lt_succ_diag_r n)) as [P|Z]; [exists n; auto with arith|].
  destruct IH as [k [L P]]; [auto with arith|lra|].
  exists k; auto with arith.
Qed.

(** A sum of terms that are not negative is positive where weights with a positive sum are positive only where the terms are. *)
Lemma sumn_weighted n w f : (forall i, (i < n)%nat -> 0 <= w i) -> (forall i, (i < n)%nat -> 0 <= f i) ->
  0 < sumn n w -> (forall i, (i < n)%nat -> 0 < w i -> 0 < f i) -> 0 < sumn n f.
Proof.
  intros W F T H; destruct (sumn_live n w W) as [k [L P]]; [lra|].
  apply (sumn_pos n f k F L); apply H; assumption.
Qed.

Lemma delta_refl i : delta i i = 1.
Proof. unfold delta; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma delta_sym i j : delta i j = delta j i.
Proof. unfold delta; rewrite Nat.eqb_sym; reflexivity. Qed.

Lemma delta_nonneg i j : 0 <= delta i j.
Proof. unfold delta; destruct (Nat.eqb i j); lra. Qed.

Lemma delta_square i j : delta i j * delta i j = delta i j.
Proof. unfold delta; destruct (Nat.eqb i j); lra. Qed.

Lemma delta_replace (f : nat -> R) i j : delta i j * f i = delta i j * f j.
Proof. unfold delta; destruct (Nat.eqb_spec i j) as [->|]; lra. Qed.

Lemma sumn_delta n t f : (t < n)%nat -> sumn n (fun i => delta i t * f i) = f t.
Proof.
  intros L; transitivity (sumn n (fun i => delta i t * f t)).
  - apply sumn_ext; intros; apply delta_replace.
  - transitivity (f t * sumn n (fun i => delta i t)).
    + rewrite <- sumn_scal; apply sumn_ext; intros; lra.
    + replace (sumn n (fun i => delta i t)) with 1; [lra|].
      induction n as [|n IH]; [lia|]; simpl.
      destruct (Nat.eq_dec t n) as [->|N].
      * rewrite delta_refl; replace (sumn n _) with 0; [lra|].
        rewrite <- (sumn_zero n); apply sumn_ext; intros i I; unfold delta.
        destruct (Nat.eqb_spec i n); [lia|lra].
      * rewrite <- IH by lia; unfold delta; destruct (Nat.eqb_spec n t); [lia|lra].
Qed.

(** * Identities of indexed sums of products

    A term is read in an environment that gives the value of the index at every level; a binder at depth [c] binds the index at level [c].
    [ats] gives meaning to atoms (entries of tensors, and whatever is not looked into), [dims] to index sets. *)

Inductive tm : Type :=
  | Num (q : Q)
  | Atom (a : nat) (at_levels : list nat)
  | Plus (t u : tm)
  | Times (t u : tm)
  | Raise (t : tm) (n : nat)
  | Sigma (d : nat) (t : tm).

Definition environment := nat -> nat.
Definition update (e : environment) (c i : nat) : environment := fun k => if Nat.eqb k c then i else e k.
Definition rational (q : Q) : R :=
  match Qden q with xH => IZR (Qnum q) | d => IZR (Qnum q) / IZR (Zpos d) end.

Record monomial := Monomial { coefficient : Q; bound : list nat; factors : list (nat * list nat) }.
Definition polynomial := list monomial.

Definition renamed (r : nat -> nat) (fs : list (nat * list nat)) : list (nat * list nat) :=
  map (fun f => (fst f, map r (snd f))) fs.

(** Levels from [c] on move up by [k]: that many binders are put below them. *)
Definition move (c k v : nat) : nat := if v <? c then v else (v + k)%nat.

Definition times (c : nat) (m1 m2 : monomial) : monomial :=
  Monomial (Qred (coefficient m1 * coefficient m2)) (bound m1 ++ bound m2)
    (factors m1 ++ renamed (move c (length (bound m1))) (factors m2)).

Definition product (c : nat) (p1 p2 : polynomial) : polynomial :=
  flat_map (fun m => map (times c m) p2) p1.

Fixpoint power (c : nat) (p : polynomial) (n : nat) : polynomial :=
  match n with O => [Monomial 1 [] []] | S k => product c p (power c p k) end.

Fixpoint expand (c : nat) (t : tm) : polynomial :=
  match t with
  | Num q => [Monomial q [] []]
  | Atom a vs => [Monomial 1 [] [(a, vs)]]
  | Plus t u => expand c t ++ expand c u
  | Times t u => product c (expand c t) (expand c u)
  | Raise t n => power c (expand c t) n
  | Sigma d t => map (fun m => Monomial (coefficient m) (d :: bound m) (factors m)) (expand (S c) t)
  end.

Fixpoint scoped (c : nat) (t : tm) : bool :=
  match t with
  | Num _ => true
  | Atom _ vs => forallb (fun v => v <? c) vs
  | Plus t u | Times t u => scoped c t && scoped c u
  | Raise t _ => scoped c t
  | Sigma _ t => scoped (S c) t
  end.


(** ** Canonical names of bound indices *)

Definition exchange (p v : nat) : nat := if Nat.eqb v p then S p else if Nat.eqb v (S p) then p else v.

(** The binders at positions [q] and [q + 1] exchanged. *)
Definition exchanged (c q : nat) (m : monomial) : monomial :=
  match skipn q (bound m) with
  | d1 :: d2 :: post =>
      Monomial (coefficient m) (firstn q (bound m) ++ d2 :: d1 :: post) (renamed (exchange (c + q)) (factors m))
  | _ => m
  end.

(** The binder at position [p + j] moved to position [p]. *)
Fixpoint to_front (c p j : nat) (m : monomial) : monomial :=
  match j with O => m | S i => to_front c p i (exchanged c (p + i) m) end.

Fixpoint list_compare (l1 l2 : list nat) : comparison :=
  match l1, l2 with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | a :: r1, b :: r2 => match Nat.compare a b with Eq => list_compare r1 r2 | o => o end
  end.

Definition factor_compare (f g : nat * list nat) : comparison :=
  match Nat.compare (fst f) (fst g) with Eq => list_compare (snd f) (snd g) | o => o end.

Fixpoint factors_compare (l1 l2 : list (nat * list nat)) : comparison :=
  match l1, l2 with
  | [], [] => Eq
  | [], _ => Lt
  | _, [] => Gt
  | a :: r1, b :: r2 => match factor_compare a b with Eq => factors_compare r1 r2 | o => o end
  end.

Fixpoint insert (f : nat * list nat) (l : list (nat * list nat)) : list (nat * list nat) :=
  match l with
  | [] => [f]
  | g :: rest => match factor_compare f g with Gt => g :: insert f rest | _ => f :: l end
  end.

Fixpoint smallest (ds : list nat) : nat :=
  match ds with [] => O | [d] => d | d :: rest => Nat.min d (smallest rest) end.

(** How the index at position [p + j] occurs in the factors, when those from position [p] on look alike. *)
Definition occurrences (c p j : nat) (m : monomial) : list (nat * list nat) :=
  let v := (c + p + j)%nat in
  let seen := fun w => if Nat.eqb w v then 1%nat else if w <? c + p then S (S w) else O in
  fold_right insert [] (map (fun f => (fst f, map seen (snd f))) (filter (fun f => existsb (Nat.eqb v) (snd f)) (factors m))).

(** The positions that may come first: of the smallest index set, and of those with the least occurrences. *)
Definition first_choices (c p : nat) (m : monomial) : list nat :=
  let ds := skipn p (bound m) in
  let js := filter (fun j => Nat.eqb (nth j ds O) (smallest ds)) (seq 0 (length ds)) in
  match map (fun j => occurrences c p j m) js with
  | [] => []
  | o :: rest =>
      let least := fold_right (fun o' best => match factors_compare o' best with Lt => o' | _ => best end) o rest in
      filter (fun j => match factors_compare (occurrences c p j m) least with Eq => true | _ => false end) js
  end.

(** Orders of the binders from position [p] on, among them one that does not depend on how they were given. *)
Fixpoint orders (c p r : nat) (m : monomial) : list monomial :=
  match r with
  | O => [m]
  | S r' => flat_map (fun j => orders c (S p) r' (to_front c p j m)) (first_choices c p m)
  end.

Definition sorted (m : monomial) : monomial := Monomial (coefficient m) (bound m) (fold_right insert [] (factors m)).

Definition better (m best : monomial) : monomial :=
  match factors_compare (factors m) (factors best) with Lt => m | _ => best end.

Definition canonical (c : nat) (m : monomial) : monomial :=
  match map sorted (orders c 0 (length (bound m)) m) with [] => m | first :: rest => fold_right better first rest end.

Definition alike (m1 m2 : monomial) : bool :=
  match list_compare (bound m1) (bound m2), factors_compare (factors m1) (factors m2) with Eq, Eq => true | _, _ => false end.

Fixpoint collect (m : monomial) (p : polynomial) : polynomial :=
  match p with
  | [] => [m]
  | m' :: rest =>
      if alike m m'
      then Monomial (Qred (coefficient m + coefficient m')) (bound m') (factors m') :: rest
      else m' :: collect m rest
  end.

Definition vanishes (c : nat) (p : polynomial) : bool :=
  forallb (fun m => Qeq_bool (coefficient m) 0) (fold_right collect [] (map (canonical c) p)).

Section Meaning.
Variable dims : nat -> nat.
Variable ats : nat -> list nat -> R.

Fixpoint meaning (c : nat) (e : environment) (t : tm) : R :=
  match t with
  | Num q => rational q
  | Atom a vs => ats a (map e vs)
  | Plus t u => meaning c e t + meaning c e u
  | Times t u => meaning c e t * meaning c e u
  | Raise t n => meaning c e t ^ n
  | Sigma d t => sumn (dims d) (fun i => meaning (S c) (update e c i) t)
  end.

Fixpoint value_of_factors (fs : list (nat * list nat)) (e : environment) : R :=
  match fs with [] => 1 | f :: rest => ats (fst f) (map e (snd f)) * value_of_factors rest e end.

Fixpoint over (c : nat) (e : environment) (ds : list nat) (f : environment -> R) : R :=
  match ds with [] => f e | d :: rest => sumn (dims d) (fun i => over (S c) (update e c i) rest f) end.

Definition value_of (c : nat) (e : environment) (m : monomial) : R :=
  Q2R (coefficient m) * over c e (bound m) (value_of_factors (factors m)).

Fixpoint value (c : nat) (e : environment) (p : polynomial) : R :=
  match p with [] => 0 | m :: rest => value_of c e m + value c e rest end.

(** All levels that a monomial mentions are below its own. *)
Definition sees (c : nat) (m : monomial) : Prop :=
  forall f v, In f (factors m) -> In v (snd f) -> (v < c + length (bound m))%nat.

Lemma rational_Q2R q : rational q = Q2R q.
Proof.
  unfold rational, Q2R; destruct q as [n d]; simpl; destruct d; try reflexivity.
  rewrite Rinv_1; lra.
Qed.

Lemma value_app c e p q : value c e (p ++ q) = value c e p + value c e q.
Proof. induction p as [|m p IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma factors_app fs gs e : value_of_factors (fs ++ gs) e = value_of_factors fs e * value_of_factors gs e.
Proof. induction fs as [|f fs IH]; simpl; [lra|rewrite IH; lra]. Qed.

Lemma factors_renamed r fs e : value_of_factors (renamed r fs) e = value_of_factors fs (fun v => e (r v)).
Proof. induction fs as [|f fs IH]; simpl; [reflexivity|rewrite IH, map_map; reflexivity]. Qed.

Lemma factors_agree e e' fs :
  (forall f v, In f fs -> In v (snd f) -> e v = e' v) -> value_of_factors fs e = value_of_factors fs e'.
Proof.
  induction fs as [|f fs IH]; intros H; simpl; [reflexivity|].
  rewrite IH by (intros g v G V; exact (H g v (or_intror G) V)).
  f_equal; f_equal; apply map_ext_in; intros v V; exact (H f v (or_introl eq_refl) V).
Qed.

Lemma update_same e c i : update e c i c = i.
Proof. unfold update; rewrite Nat.eqb_refl; reflexivity. Qed.

Lemma update_other e c i k : k <> c -> update e c i k = e k.
Proof. intros N; unfold update; destruct (Nat.eqb_spec k c); congruence. Qed.

Lemma over_agree c e ds f g :
  (forall e', (forall j, (j < c)%nat -> e' j = e j) -> f e' = g e') -> over c e ds f = over c e ds g.
Proof.
  revert c e; induction ds as [|d ds IH]; intros c e H; simpl; [apply H; reflexivity|].
  apply sumn_ext; intros i _; apply IH; intros e' A; apply H; intros j J.
  rewrite A by lia; apply update_other; lia.
Qed.

Lemma over_scal c e ds k f : over c e ds (fun e' => k * f e') = k * over c e ds f.
Proof.
  revert c e; induction ds as [|d ds IH]; intros c e; simpl; [lra|].
  rewrite <- sumn_scal; apply sumn_ext; intros; apply IH.
Qed.

Lemma over_app c e ds es f : over c e (ds ++ es) f = over c e ds (fun e' => over (c + length ds) e' es f).
Proof.
  revert c e; induction ds as [|d ds IH]; intros c e; simpl; [rewrite Nat.add_0_r; reflexivity|].
  apply sumn_ext; intros i _; rewrite IH; apply over_agree; intros; f_equal; lia.
Qed.

Lemma over_move c k ds fs : forall n e e', (c <= n)%nat ->
  (forall f v, In f fs -> In v (snd f) -> (v < n + length ds)%nat) ->
  (forall v, (v < n)%nat -> e' (move c k v) = e v) ->
  over (n + k) e' ds (value_of_factors (renamed (move c k) fs)) = over n e ds (value_of_factors fs).
Proof.
  induction ds as [|d ds IH]; intros n e e' L S A; simpl.
  - rewrite factors_renamed; apply factors_agree; intros f v F V; apply A.
    specialize (S f v F V); simpl in S; lia.
  - apply sumn_ext; intros i _; apply (IH (Datatypes.S n)); [lia|intros f v F V; specialize (S f v F V); simpl in S; lia|].
    intros v V; destruct (Nat.eq_dec v n) as [->|N].
    + unfold move; destruct (Nat.ltb_spec n c); [lia|]; rewrite !update_same; reflexivity.
    + rewrite (update_other e) by exact N; rewrite update_other; [apply A; lia|].
      unfold move; destruct (Nat.ltb_spec v c); lia.
Qed.

Lemma times_value c e m1 m2 : sees c m1 -> sees c m2 -> value_of c e (times c m1 m2) = value_of c e m1 * value_of c e m2.
Proof.
  intros S1 S2; unfold value_of, times; cbn [coefficient bound factors].
  rewrite (Qeq_eqR _ _ (Qred_correct _)), Q2R_mult, over_app.
  set (other := over c e (bound m2) (value_of_factors (factors m2))).
  replace (over c e (bound m1) _) with (other * over c e (bound m1) (value_of_factors (factors m1))); [lra|].
  rewrite <- over_scal; apply over_agree; intros e1 A.
  transitivity (value_of_factors (factors m1) e1 *
    over (c + length (bound m1)) e1 (bound m2) (value_of_factors (renamed (move c (length (bound m1))) (factors m2)))).
  - rewrite (over_move c (length (bound m1)) (bound m2) (factors m2) c e e1); [unfold other; lra|lia|exact S2|].
    intros v V; unfold move; destruct (Nat.ltb_spec v c); [auto|lia].
  - rewrite <- over_scal; apply over_agree; intros e2 B; rewrite factors_app; f_equal.
    apply factors_agree; intros f v F V; symmetry; apply B; exact (S1 f v F V).
Qed.

Lemma times_sees c m1 m2 : sees c m1 -> sees c m2 -> sees c (times c m1 m2).
Proof.
  intros S1 S2 f v F V; simpl in *; rewrite app_length; apply in_app_or in F; destruct F as [F|F].
  - specialize (S1 f v F V); lia.
  - unfold renamed in F; apply in_map_iff in F; destruct F as [g [<- G]]; simpl in V.
    apply in_map_iff in V; destruct V as [w [<- W]]; specialize (S2 g w G W).
    unfold move; destruct (Nat.ltb_spec w c); lia.
Qed.

Definition all_see (c : nat) (p : polynomial) : Prop := forall m, In m p -> sees c m.

Lemma map_times_value c e m p : sees c m -> all_see c p -> value c e (map (times c m) p) = value_of c e m * value c e p.
Proof.
  intros M; induction p as [|n p IH]; intros P; simpl; [lra|].
  rewrite times_value, IH; [lra|intros k K; apply P; right; exact K|exact M|apply P; left; reflexivity].
Qed.

Lemma product_value c e p q : all_see c p -> all_see c q -> value c e (product c p q) = value c e p * value c e q.
Proof.
  unfold product; induction p as [|m p IH]; intros P Q; simpl; [lra|].
  rewrite value_app, map_times_value, IH; [lra|intros n N; apply P; right; exact N|exact Q|apply P; left; reflexivity|exact Q].
Qed.

Lemma product_sees c p q : all_see c p -> all_see c q -> all_see c (product c p q).
Proof.
  intros P Q m M; unfold product in M; apply in_flat_map in M; destruct M as [m1 [M1 M]].
  apply in_map_iff in M; destruct M as [m2 [<- M2]]; apply times_sees; auto.
Qed.

Lemma one_value c e : value c e [Monomial 1 [] []] = 1.
Proof. unfold value, value_of, Q2R; simpl; lra. Qed.

Lemma power_value c e p n : all_see c p -> all_see c (power c p n) /\ value c e (power c p n) = value c e p ^ n.
Proof.
  intros P; induction n as [|n [S V]]; cbn [power pow].
  - split; [intros m [<-|[]] f v []|apply one_value].
  - split; [apply product_sees; auto|rewrite product_value, V; auto].
Qed.

Lemma sigma_value c e d p :
  value c e (map (fun m => Monomial (coefficient m) (d :: bound m) (factors m)) p)
  = sumn (dims d) (fun i => value (S c) (update e c i) p).
Proof.
  induction p as [|m p IH]; simpl; [rewrite sumn_zero; reflexivity|].
  rewrite IH, sumn_plus; f_equal; unfold value_of; simpl; rewrite sumn_scal; reflexivity.
Qed.

Lemma expand_correct t : forall c e, scoped c t = true ->
  all_see c (expand c t) /\ value c e (expand c t) = meaning c e t.
Proof.
  induction t as [q|a vs|t IHt u IHu|t IHt u IHu|t IHt n|d t IHt]; intros c e W; simpl in W.
  - split; [intros m [<-|[]] f v []|]; simpl; unfold value_of; simpl; rewrite rational_Q2R; lra.
  - split; [|simpl; unfold value_of, Q2R; simpl; lra].
    intros m [<-|[]] f v [<-|[]] V; simpl in *; rewrite forallb_forall in W; specialize (W v V).
    apply Nat.ltb_lt in W; lia.
  - apply andb_prop in W; destruct W as [W1 W2].
    destruct (IHt c e W1) as [S1 V1], (IHu c e W2) as [S2 V2]; simpl; split.
    + intros m M; apply in_app_or in M; destruct M; auto.
    + rewrite value_app; congruence.
  - apply andb_prop in W; destruct W as [W1 W2].
    destruct (IHt c e W1) as [S1 V1], (IHu c e W2) as [S2 V2]; simpl; split.
    + apply product_sees; auto.
    + rewrite product_value; auto; congruence.
  - destruct (IHt c e W) as [S V], (power_value c e _ n S) as [SP VP]; simpl; split; [exact SP|rewrite VP, V; reflexivity].
  - simpl; split.
    + intros m M; apply in_map_iff in M; destruct M as [n [<- N]].
      intros f v F V; simpl; destruct (IHt (S c) e W) as [S _]; specialize (S n N f v F V); lia.
    + rewrite sigma_value; apply sumn_ext; intros i _; apply (IHt (S c) (update e c i) W).
Qed.

Lemma over_exchange p f : (forall e e', (forall v, e v = e' v) -> f e = f e') ->
  forall ds c e e', (S p < c)%nat -> (forall v, e' v = e (exchange p v)) ->
  over c e ds (fun e1 => f (fun v => e1 (exchange p v))) = over c e' ds f.
Proof.
  intros F ds; induction ds as [|d ds IH]; intros c e e' L A; simpl.
  - apply F; intros v; symmetry; apply A.
  - apply sumn_ext; intros i _; apply IH; [lia|]; intros v; unfold update at 1 2; rewrite A.
    assert (Nat.eqb (exchange p v) c = Nat.eqb v c) as ->; [|reflexivity].
    unfold exchange; destruct (Nat.eqb_spec v p) as [->|]; [|destruct (Nat.eqb_spec v (S p)) as [->|]];
      [destruct (Nat.eqb_spec (S p) c), (Nat.eqb_spec p c)
      |destruct (Nat.eqb_spec p c), (Nat.eqb_spec (S p) c)|]; auto; lia.
Qed.

Lemma factors_extensional fs e e' : (forall v, e v = e' v) -> value_of_factors fs e = value_of_factors fs e'.
Proof. intros A; apply factors_agree; intros; apply A. Qed.

Lemma exchanged_value c e q m : value_of c e (exchanged c q m) = value_of c e m.
Proof.
  unfold exchanged; destruct (skipn q (bound m)) as [|d1 [|d2 post]] eqn:E; try reflexivity.
  unfold value_of; cbn [coefficient bound factors]; f_equal.
  assert (L : length (firstn q (bound m)) = q).
  { apply firstn_length_le; destruct (le_lt_dec q (length (bound m))) as [|G]; [assumption|].
    rewrite skipn_all2 in E by lia; discriminate. }
  rewrite <- (firstn_skipn q (bound m)) at 2; rewrite E, !over_app, L.
  apply over_agree; intros e1 _; simpl; rewrite sumn_swap.
  apply sumn_ext; intros i _; apply sumn_ext; intros j _.
  rewrite <- (over_exchange (c + q) _ (factors_extensional (factors m)) post (S (S (c + q)))
    (update (update e1 (c + q) j) (S (c + q)) i)); [|lia|].
  - apply over_agree; intros e2 _; apply factors_renamed.
  - intros v; unfold update, exchange.
    destruct (Nat.eqb_spec v (c + q)) as [->|]; [|destruct (Nat.eqb_spec v (S (c + q))) as [->|]].
    + rewrite (proj2 (Nat.eqb_neq (c + q) (S (c + q)))) by lia; rewrite !Nat.eqb_refl; reflexivity.
    + rewrite !Nat.eqb_refl, (proj2 (Nat.eqb_neq (c + q) (S (c + q)))) by lia; reflexivity.
    + rewrite (proj2 (Nat.eqb_neq v (S (c + q)))), (proj2 (Nat.eqb_neq v (c + q))) by assumption; reflexivity.
Qed.

Lemma to_front_value c e p j m : value_of c e (to_front c p j m) = value_of c e m.
Proof. revert m; induction j as [|j IH]; intros m; simpl; [reflexivity|rewrite IH; apply exchanged_value]. Qed.

Lemma orders_value c e r : forall p m m', In m' (orders c p r m) -> value_of c e m' = value_of c e m.
Proof.
  induction r as [|r IH]; intros p m m' M; simpl in M; [destruct M as [<-|[]]; reflexivity|].
  apply in_flat_map in M; destruct M as [j [_ M]]; rewrite (IH _ _ _ M); apply to_front_value.
Qed.

Lemma insert_value f l e : value_of_factors (insert f l) e = value_of_factors (f :: l) e.
Proof.
  induction l as [|g l IH]; simpl; [reflexivity|].
  destruct (factor_compare f g); simpl; auto; rewrite IH; simpl; lra.
Qed.

Lemma sorted_value c e m : value_of c e (sorted m) = value_of c e m.
Proof.
  unfold value_of, sorted; simpl; f_equal; apply over_agree; intros e' _.
  induction (factors m) as [|f fs IH]; simpl; [reflexivity|rewrite insert_value; simpl; rewrite IH; reflexivity].
Qed.

Lemma canonical_value c e m : value_of c e (canonical c m) = value_of c e m.
Proof.
  unfold canonical.
  assert (A : forall m', In m' (map sorted (orders c 0 (length (bound m)) m)) -> value_of c e m' = value_of c e m).
  { intros m' M; apply in_map_iff in M; destruct M as [n [<- N]]; rewrite sorted_value; eapply orders_value; exact N. }
  destruct (map sorted _) as [|first l]; [reflexivity|].
  induction l as [|n l IH]; simpl; [apply A; left; reflexivity|].
  unfold better at 1; destruct (factors_compare _ _); try (apply IH; intros m' [M|M]; apply A; simpl; auto).
  apply A; right; left; reflexivity.
Qed.

Lemma list_compare_eq l1 : forall l2, list_compare l1 l2 = Eq -> l1 = l2.
Proof.
  induction l1 as [|a l1 IH]; destruct l2 as [|b l2]; simpl; intros E; try discriminate; [reflexivity|].
  destruct (Nat.compare_spec a b) as [->| |]; try discriminate; f_equal; auto.
Qed.

Lemma factors_compare_eq l1 : forall l2, factors_compare l1 l2 = Eq -> l1 = l2.
Proof.
  induction l1 as [|[a vs] l1 IH]; destruct l2 as [|[b ws] l2]; simpl; intros E; try discriminate; [reflexivity|].
  unfold factor_compare in E; simpl in E; destruct (Nat.compare_spec a b) as [->| |]; try discriminate.
  destruct (list_compare vs ws) eqn:V; try discriminate; apply list_compare_eq in V; subst; f_equal; auto.
Qed.

Lemma collect_value c e m p : value c e (collect m p) = value_of c e m + value c e p.
Proof.
  induction p as [|n p IH]; cbn [collect]; [reflexivity|].
  unfold alike; destruct (list_compare _ _) eqn:B; [destruct (factors_compare _ _) eqn:F|..]; cbn [value];
    try (rewrite IH; lra).
  apply list_compare_eq in B; apply factors_compare_eq in F; unfold value_of; cbn [coefficient bound factors].
  rewrite B, F, (Qeq_eqR _ _ (Qred_correct _)), Q2R_plus; lra.
Qed.

Lemma vanishes_value c e p : vanishes c p = true -> value c e p = 0.
Proof.
  unfold vanishes; intros Z.
  transitivity (value c e (fold_right collect [] (map (canonical c) p))).
  - clear Z; induction p as [|m p IH]; simpl; [reflexivity|].
    rewrite collect_value, canonical_value, IH; reflexivity.
  - induction (fold_right _ _ _) as [|m q IH]; simpl in *; [reflexivity|].
    apply andb_prop in Z; destruct Z as [Z1 Z2]; rewrite (IH Z2).
    apply Qeq_bool_eq in Z1; unfold value_of; rewrite (Qeq_eqR _ _ Z1); unfold Q2R; simpl; lra.
Qed.

(** ** Linear combinations of equations

    What is proved of an equation [left = right] for all indices is used times a multiplier, and summed over its indices. *)

Record use := Use { indices : list nat; multiplier : tm; left : tm; right : tm }.

Fixpoint holds (c : nat) (e : environment) (ds : list nat) (l r : tm) : Prop :=
  match ds with
  | [] => meaning c e l = meaning c e r
  | d :: rest => forall i, (i < dims d)%nat -> holds (S c) (update e c i) rest l r
  end.

Fixpoint all_hold (c : nat) (e : environment) (us : list use) : Prop :=
  match us with
  | [] => True
  | u :: rest => holds c e (indices u) (left u) (right u) /\ all_hold c e rest
  end.

Definition minus (t u : tm) : tm := Plus t (Times (Num (-1)) u).
Definition combination (us : list use) (t : tm) : tm :=
  fold_right (fun u rest => minus rest (fold_right Sigma (Times (multiplier u) (minus (left u) (right u))) (indices u))) t us.

Definition follows (c : nat) (us : list use) (l r : tm) : bool :=
  let gap := combination us (minus l r) in scoped c gap && vanishes c (expand c gap).

Lemma meaning_minus c e t u : meaning c e (minus t u) = meaning c e t - meaning c e u.
Proof. simpl; unfold rational; simpl; lra. Qed.

Lemma use_vanishes ds m l r : forall c e, holds c e ds l r ->
  meaning c e (fold_right Sigma (Times m (minus l r)) ds) = 0.
Proof.
  induction ds as [|d ds IH]; intros c e H; cbn [fold_right holds] in *.
  - cbn [meaning]; rewrite meaning_minus, H; lra.
  - cbn [meaning]; rewrite <- (sumn_zero (dims d)); apply sumn_ext; intros i I; apply IH; apply H; exact I.
Qed.

Theorem equal_by c e us l r : all_hold c e us -> follows c us l r = true -> meaning c e l = meaning c e r.
Proof.
  intros H F; apply andb_prop in F; destruct F as [W V].
  assert (G : meaning c e (combination us (minus l r)) = 0).
  { destruct (expand_correct _ c e W) as [_ <-]; apply vanishes_value; exact V. }
  clear W V; revert H G; unfold combination; induction us as [|u us IH]; intros H G; cbn [fold_right] in G.
  - rewrite meaning_minus in G; lra.
  - destruct H as [H1 H2]; rewrite meaning_minus, use_vanishes in G by exact H1; apply IH; [exact H2|lra].
Qed.

End Meaning.

(** The environment that gives these values to the indices at the first levels. *)
Definition given (values : list nat) : environment := fun k => nth k values O.

(** * Equations and signs *)

(** An equation that holds where a factor is not 0 holds as a factor of it. *)
Lemma guarded g a b : (g <> 0 -> a = b) -> g * a = g * b.
Proof. intros H; destruct (Req_dec g 0) as [->|N]; [lra|rewrite (H N); reflexivity]. Qed.

Lemma sumn_one n : sumn n (fun _ => 1) = INR n.
Proof. rewrite sumn_const; lra. Qed.

Lemma sumn_delta_left n t f : (t < n)%nat -> sumn n (fun i => delta t i * f i) = f t.
Proof.
  intros L; rewrite <- (sumn_delta n t f L); apply sumn_ext; intros i _; rewrite delta_sym; reflexivity.
Qed.

Lemma pos_number p q : Z.ltb 0 p = true -> 0 < IZR p / IZR (Zpos q).
Proof.
  intros P; apply Rdiv_lt_0_compat; apply IZR_lt; [apply Z.ltb_lt; exact P|reflexivity].
Qed.

Lemma pos_whole p : Z.ltb 0 p = true -> 0 < IZR p.
Proof. intros P; apply IZR_lt, Z.ltb_lt; exact P. Qed.

Lemma pos_by a b : a = b -> 0 < b -> 0 < a.
Proof. intros ->; auto. Qed.
Lemma nonneg_by a b : a = b -> 0 <= b -> 0 <= a.
Proof. intros ->; auto. Qed.
Lemma nonzero_by a b : a = b -> b <> 0 -> a <> 0.
Proof. intros ->; auto. Qed.

Lemma pos_of_live a : 0 <= a -> a <> 0 -> 0 < a.
Proof. intros [|]; [auto|congruence]. Qed.
Lemma nonzero_of_pos a : 0 < a -> a <> 0.
Proof. lra. Qed.
Lemma pos_of_sum a b : 0 < a -> 0 <= b -> 0 < a + b.
Proof. lra. Qed.
Lemma pos_of_sum_right a b : 0 <= a -> 0 < b -> 0 < a + b.
Proof. lra. Qed.
Lemma pos_size n : (0 < n)%nat -> 0 < INR n.
Proof. apply lt_0_INR. Qed.
Lemma nonneg_inverse a : 0 <= a -> 0 <= / a.
Proof. intros [P|<-]; [left; apply Rinv_0_lt_compat; exact P|rewrite Rinv_0; lra]. Qed.
Lemma nonneg_square a : 0 <= a ^ 2.
Proof. apply pow2_ge_0. Qed.
Lemma nonneg_even a n : 0 <= a ^ (2 * n).
Proof. rewrite pow_mult; apply pow_le, pow2_ge_0. Qed.
Lemma nonneg_twice a : 0 <= a * a.
Proof. apply Rle_0_sqr. Qed.
Lemma pos_even a n : a <> 0 -> 0 < a ^ (2 * n).
Proof. intros N; apply pos_of_live; [apply nonneg_even|apply pow_nonzero; exact N]. Qed.

Lemma live_left a b : a * b <> 0 -> a <> 0.
Proof. intros N ->; apply N; lra. Qed.
Lemma live_right a b : a * b <> 0 -> b <> 0.
Proof. intros N ->; apply N; lra. Qed.
Lemma live_inverse a : / a <> 0 -> a <> 0.
Proof. intros N ->; apply N, Rinv_0. Qed.
Lemma live_power a n : a ^ S n <> 0 -> a <> 0.
Proof. intros N ->; apply N; simpl; lra. Qed.
Lemma live_by a b : a = b -> a <> 0 -> b <> 0.
Proof. intros ->; auto. Qed.

Lemma pos_rpow x e : 0 < x -> 0 < rpow x e.
Proof. intros P; unfold rpow; destruct (Rlt_dec 0 x); [apply exp_pos|contradiction]. Qed.
Lemma nonneg_rpow x e : 0 <= rpow x e.
Proof. unfold rpow; destruct (Rlt_dec 0 x); [left; apply exp_pos|lra]. Qed.
Lemma rpow_plus x d e : 0 < x -> rpow x (d + e) = rpow x d * rpow x e.
Proof. intros P; unfold rpow; destruct (Rlt_dec 0 x); [apply Rpower_plus|contradiction]. Qed.

(** ** Logarithms and exponentials of products, part by part *)

Lemma ln_times a b x y : 0 < a -> 0 < b -> ln a = x -> ln b = y -> ln (a * b) = x + y.
Proof. intros P Q <- <-; apply ln_mult; assumption. Qed.
Lemma ln_inverse a x : 0 < a -> ln a = x -> ln (/ a) = IZR (-1) * x.
Proof. intros P <-; rewrite ln_Rinv by exact P; lra. Qed.
Lemma ln_power a x n : 0 < a -> ln a = x -> ln (a ^ n) = IZR (Z.of_nat n) * x.
Proof.
  intros P <-; rewrite <- INR_IZR_INZ; induction n as [|n IH]; [simpl; rewrite ln_1; lra|].
  rewrite S_INR; simpl pow; rewrite ln_mult, IH; [lra|exact P|apply pow_lt; exact P].
Qed.
Lemma ln_quotient p q : Z.ltb 0 p = true -> ln (IZR p / IZR (Zpos q)) = ln (IZR p) + IZR (-1) * ln (IZR (Zpos q)).
Proof.
  intros P; apply ln_times; [apply pos_whole; exact P|apply Rinv_0_lt_compat, IZR_lt; reflexivity|reflexivity|].
  apply ln_inverse; [apply IZR_lt; reflexivity|reflexivity].
Qed.

Lemma inverse_times a b x y : / a = x -> / b = y -> / (a * b) = x * y.
Proof. intros <- <-; apply Rinv_mult. Qed.
Lemma inverse_power a x n : / a = x -> / (a ^ n) = x ^ n.
Proof. intros <-; symmetry; apply pow_inv. Qed.
Lemma inverse_number p q : Z.ltb 0 p = true -> / (IZR p / IZR (Zpos q)) = IZR (Zpos q) / IZR p.
Proof. intros P; apply Z.ltb_lt, IZR_lt in P; assert (0 < IZR (Zpos q)) by (apply IZR_lt; reflexivity); field; lra. Qed.

Lemma exp_plus_by a b x y : exp a = x -> exp b = y -> exp (a + b) = x * y.
Proof. intros <- <-; apply exp_plus. Qed.
Lemma exp_minus_by a x : exp a = x -> exp (IZR (-1) * a) = / x.
Proof. intros <-; rewrite <- exp_Ropp; f_equal; lra. Qed.
Lemma exp_times_by a x n : exp a = x -> exp (IZR (Z.of_nat n) * a) = x ^ n.
Proof.
  intros <-; rewrite <- INR_IZR_INZ; induction n as [|n IH]; [simpl; rewrite Rmult_0_l; apply exp_0|].
  rewrite S_INR, Rmult_plus_distr_r, exp_plus, IH, Rmult_1_l; simpl; lra.
Qed.
Lemma exp_minus_times_by a x n : exp a = x -> exp (IZR (- Z.of_nat n) * a) = / (x ^ n).
Proof.
  intros E; rewrite opp_IZR, Ropp_mult_distr_l_reverse, exp_Ropp; f_equal; apply exp_times_by; exact E.
Qed.

Lemma le_of_difference a b : 0 <= b + IZR (-1) * a -> a <= b.
Proof. lra. Qed.
Lemma lt_of_difference a b : 0 < b + IZR (-1) * a -> a < b.
Proof. lra. Qed.

Lemma greatest_ext k f g : (forall i, (i <= k)%nat -> f i = g i) -> greatest k f = greatest k g.
Proof. induction k as [|k IH]; intros H; simpl; [apply H; lia|rewrite IH, H; auto]. Qed.
Lemma least_ext k f g : (forall i, (i <= k)%nat -> f i = g i) -> least k f = least k g.
Proof. induction k as [|k IH]; intros H; simpl; [apply H; lia|rewrite IH, H; auto]. Qed.
Lemma maxn_ext n f g : (0 < n)%nat -> (forall i, (i < n)%nat -> f i = g i) -> maxn n f = maxn n g.
Proof. intros L H; apply greatest_ext; intros i I; apply H; lia. Qed.
Lemma minn_ext n f g : (0 < n)%nat -> (forall i, (i < n)%nat -> f i = g i) -> minn n f = minn n g.
Proof. intros L H; apply least_ext; intros i I; apply H; lia. Qed.
Lemma prodn_ext n f g : (0 < n)%nat -> (forall i, (i < n)%nat -> f i = g i) -> prodn n f = prodn n g.
Proof.
  intros _; induction n as [|n IH]; intros H; simpl; [reflexivity|]; rewrite IH, H; auto with arith.
Qed.
Lemma maxn_above n f k : (k < n)%nat -> f k <= maxn n f.
Proof.
  intros L; unfold maxn; assert (M : (k <= pred n)%nat) by lia; clear L; induction (pred n) as [|m IH]; simpl.
  - replace k with O by lia; lra.
  - destruct (Nat.eq_dec k (S m)) as [->|N]; [apply Rmax_r|].
    eapply Rle_trans; [apply IH; lia|apply Rmax_l].
Qed.
Lemma maxn_least n f c : (0 < n)%nat -> (forall i, (i < n)%nat -> f i <= c) -> maxn n f <= c.
Proof.
  intros L H; unfold maxn; assert (G : forall i, (i <= pred n)%nat -> f i <= c) by (intros; apply H; lia).
  clear H L; induction (pred n) as [|m IH]; simpl; [apply G; lia|apply Rmax_lub; [apply IH; intros; apply G; lia|apply G; lia]].
Qed.
Lemma maxn_below n f c : (0 < n)%nat -> (forall i, (i < n)%nat -> f i < c) -> maxn n f < c.
Proof.
  intros L H; unfold maxn; assert (G : forall i, (i <= pred n)%nat -> f i < c) by (intros; apply H; lia).
  clear H L; induction (pred n) as [|m IH]; simpl; [apply G; lia|apply Rmax_lub_lt; [apply IH; intros; apply G; lia|apply G; lia]].
Qed.

(** ** Roots *)

Lemma rpow_shift x e f n : 0 < x -> e = f + IZR (Z.of_nat n) -> rpow x e = rpow x f * x ^ n.
Proof.
  intros P ->; rewrite rpow_plus by exact P; f_equal; unfold rpow.
  destruct (Rlt_dec 0 x); [|contradiction]; rewrite <- INR_IZR_INZ; apply Rpower_pow; exact P.
Qed.
Lemma rpow_shift_down x e f n : 0 < x -> f = e + IZR (Z.of_nat n) -> rpow x e = rpow x f * / (x ^ n).
Proof.
  intros P E; rewrite (rpow_shift x f e n P E); field; apply pow_nonzero; lra.
Qed.
Lemma rpow_times x y e a b : 0 < x -> 0 < y -> rpow x e = a -> rpow y e = b -> rpow (x * y) e = a * b.
Proof.
  intros P Q <- <-; pose proof (Rmult_lt_0_compat x y P Q); unfold rpow.
  destruct (Rlt_dec 0 x), (Rlt_dec 0 y), (Rlt_dec 0 (x * y)); try contradiction.
  symmetry; apply Rpower_mult_distr; assumption.
Qed.
Lemma rpow_shift_one x e f : 0 < x -> e = f + 1 -> rpow x e = rpow x f * x.
Proof. intros P E; rewrite (rpow_shift x e f 1 P E); simpl; lra. Qed.
Lemma rpow_shift_down_one x e f : 0 < x -> f = e + 1 -> rpow x e = rpow x f * / x.
Proof. intros P E; rewrite (rpow_shift_down x e f 1 P E), pow_1; reflexivity. Qed.
Lemma rpow_joined x d e n : 0 < x -> d + e = IZR (Z.of_nat n) -> rpow x d * rpow x e = x ^ n.
Proof.
  intros P E; rewrite <- rpow_plus, E by exact P; unfold rpow.
  destruct (Rlt_dec 0 x); [|contradiction]; rewrite <- INR_IZR_INZ; apply Rpower_pow; exact P.
Qed.
Lemma rpow_inverse x e f n : 0 < x -> e + f = IZR (Z.of_nat n) -> / rpow x e = rpow x f * / (x ^ n).
Proof.
  intros P E; rewrite <- (rpow_joined x e f n P E); field; split; apply nonzero_of_pos, pos_rpow; exact P.
Qed.

(** * Inferences *)

Lemma tangent : forall t : R, 0 < t -> ln t <= t + IZR (-1).
Proof.
  intros t P; destruct (Req_dec (ln t) 0) as [Z|N].
  - assert (t = 1) by (rewrite <- (exp_ln t P), Z; apply exp_0); subst; rewrite ln_1; lra.
  - pose proof (exp_ineq1 (ln t) N) as E; rewrite exp_ln in E by exact P; lra.
Qed.
Lemma indicator : forall t : R, t * / t <= IZR 1.
Proof.
  intros t; destruct (Req_dec t 0) as [->|N]; [rewrite Rmult_0_l; lra|rewrite Rinv_r by exact N; lra].
Qed.

Lemma eq_le a b c : a = b -> b <= c -> a <= c.
Proof. intros ->; auto. Qed.
Lemma eq_lt a b c : a = b -> b < c -> a < c.
Proof. intros ->; auto. Qed.
Lemma eq_neq (a b c : R) : a = b -> b <> c -> a <> c.
Proof. intros ->; auto. Qed.
Lemma le_eq a b c : a <= b -> b = c -> a <= c.
Proof. intros L ->; exact L. Qed.
Lemma lt_eq a b c : a < b -> b = c -> a < c.
Proof. intros L ->; exact L. Qed.
Lemma neq_eq (a b c : R) : a <> b -> b = c -> a <> c.
Proof. intros L ->; exact L. Qed.

(** A multiple of an inequality, which has to hold only where the multiplier is not 0. *)
Lemma weighted w a b : 0 <= w -> (w <> 0 -> a <= b) -> 0 <= w * (b + IZR (-1) * a).
Proof.
  intros W H; destruct (Req_dec w 0) as [->|N]; [lra|].
  apply Rmult_le_pos; [exact W|]; specialize (H N); lra.
Qed.
Lemma le_by_parts l r t : r = l + t -> 0 <= t -> l <= r.
Proof. lra. Qed.
Lemma eq_by_parts l r : r = l + IZR 0 -> l = r.
Proof. lra. Qed.
Lemma lt_by_parts l r t : r = l + t -> 0 < t -> l < r.
Proof. lra. Qed.
Lemma cancel_factor a b c : a * c = b * c -> c <> 0 -> a = b.
Proof. intros E N; apply (Rmult_eq_reg_r c); assumption. Qed.
Lemma rpow_joined_one x d e : 0 < x -> d + e = 1 -> rpow x d * rpow x e = x.
Proof. intros P E; rewrite (rpow_joined x d e 1 P E); apply pow_1. Qed.
Lemma rpow_inverse_one x e f : 0 < x -> e + f = 1 -> / rpow x e = rpow x f * / x.
Proof. intros P E; rewrite (rpow_inverse x e f 1 P E), pow_1; reflexivity. Qed.

(** * Witnesses *)

Fixpoint every (n : nat) (P : nat -> Prop) : Prop := match n with O => True | S k => every k P /\ P k end.

Lemma all_below n (P : nat -> Prop) : every n P -> forall k, (k < n)%nat -> P k.
Proof.
  induction n as [|n IH]; simpl; intros E k L; [lia|]; destruct E as [E N].
  destruct (Nat.eq_dec k n) as [->|D]; [exact N|apply IH; [exact E|lia]].
Qed.

(** Decides what a hypothesis says of a model with finitely many values, after all its names were replaced. *)
Ltac evaluate :=
  cbn [sumn prodn maxn minn greatest least pred delta Nat.eqb nth INR pow every] in *;
  match goal with
  | |- True => exact I
  | |- _ /\ _ => split; evaluate
  | |- forall k : nat, (k < ?n)%nat -> @?P k => apply (all_below n P); evaluate
  | |- forall _ : R, _ => intro; evaluate
  | |- (_ < _)%nat => lia
  | |- _ <> _ => intro; lra
  | |- _ -> _ => intro; evaluate
  | _ => first [reflexivity | lra | field; lra | field_simplify; lra
      | rewrite ?Rinv_1, ?Rmult_1_l, ?Rmult_1_r, ?Rmult_0_l, ?Rabs_R1, ?ln_1, ?Rmult_0_r, ?Rplus_0_l, ?exp_0; lra]
  end.
